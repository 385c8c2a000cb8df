package dev.penstock.io.file;

import dev.penstock.transforms.fuzzing.GuidedFuzzing;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Files that lead to code of the CSV reader which no other file has reached. */
@RunWith(JUnit4.class)
public final class CsvGuidedFuzzTest {
  private static final int EXECUTIONS = 5_000;

  @Test
  public void everyByteOfEveryFileIsAccountedFor() throws Exception {
    GuidedFuzzing.of(CsvFuzzTarget.class).seeds("fuzzing/csv").check(EXECUTIONS);
  }
}
