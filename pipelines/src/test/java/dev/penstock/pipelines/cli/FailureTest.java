package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.ContractException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.util.UserCodeException;
import org.junit.Test;

public class FailureTest {

  @Test
  public void wrappersOfRunnersAndFuturesAreTakenOff() {
    IOException root = new IOException("the disk is full");

    assertEquals(
        "the disk is full",
        Failure.message(
            new PipelineExecutionException(
                new CompletionException(UserCodeException.wrap(new UncheckedIOException(root))))));
    assertEquals("the disk is full", Failure.message(new RuntimeException(root)));
  }

  @Test
  public void aMessageThatSaysMoreThanItsCauseIsKept() {
    assertEquals(
        "Cannot write loans: no privilege",
        Failure.message(
            new IllegalStateException(
                "Cannot write loans: no privilege", new IOException("SQLSTATE 42501"))));
  }

  @Test
  public void bareMessagesGetWords() {
    assertEquals("No such file: loans.csv", Failure.message(new NoSuchFileException("loans.csv")));
    assertEquals("IllegalStateException", Failure.message(new IllegalStateException()));
    assertEquals(
        "Out of memory (Java heap space). Give the JVM more, such as PENSTOCK_JAVA_OPTS=-Xmx4g,"
            + " or use fewer workers.",
        Failure.message(new OutOfMemoryError("Java heap space")));
  }

  @Test
  public void secretsAreTakenOut() {
    assertEquals(
        "refused: jdbc:postgresql://me:***@db/x?password=***&ssl=true",
        Failure.message(
            new IOException("refused: jdbc:postgresql://me:hush@db/x?password=hush&ssl=true")));
  }

  @Test
  public void whatTheUserCanPutRightIsFoundUnderWrappers() {
    assertEquals(
        Optional.of(List.of("--to is unreachable")),
        Failure.usageProblems(
            new PipelineExecutionException(new UsageException("--to is unreachable"))));
    assertEquals(
        Optional.of(List.of("a.yaml:3: bad", "a.yaml:9: worse")),
        Failure.usageProblems(new ContractException(List.of("a.yaml:3: bad", "a.yaml:9: worse"))));
    assertEquals(Optional.empty(), Failure.usageProblems(new IOException("x")));
  }
}
