package dev.penstock.pipelines.cli;

import dev.penstock.transforms.contract.ContractException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says once, in words, why something failed: what runners and futures wrap is unwrapped. */
final class Failure {
  /** Simple names, because the runners' own classes are not on this module's class path. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "CompletionException",
          "ExecutionException",
          "InvocationTargetException",
          "UndeclaredThrowableException",
          "PipelineExecutionException",
          "UserCodeException",
          "ProgramInvocationException",
          "JobExecutionException",
          "JobSubmissionException",
          "JobInitializationException",
          "JobException",
          "FlinkException",
          "FlinkRuntimeException",
          "ExceptionInChainedStubException",
          "WrappedException",
          "UncheckedIOException",
          "UncheckedExecutionException");

  private static final Set<String> SAYS_NOTHING =
      Set.of("Pipeline execution failed", "The Flink job failed");

  private Failure() {}

  /** The problems to report with exit code 2, if this is something the user can put right. */
  static Optional<List<String>> usageProblems(Throwable failure) {
    for (Throwable t : chain(failure)) {
      if (t instanceof UsageException usage) {
        return Optional.of(usage.problems());
      }
      if (t instanceof ContractException contract) {
        return Optional.of(contract.problems());
      }
    }
    return Optional.empty();
  }

  /** The reason, without wrappers, stack trace or secrets. */
  static String message(Throwable failure) {
    Throwable root = root(failure);
    return Secrets.redact(describe(root));
  }

  private static Throwable root(Throwable failure) {
    Throwable current = failure;
    for (Throwable next : chain(failure)) {
      current = next;
      if (!isWrapper(next)) {
        break;
      }
    }
    return current;
  }

  private static boolean isWrapper(Throwable t) {
    Throwable cause = t.getCause();
    if (cause == null) {
      return false;
    }
    String message = t.getMessage();
    return WRAPPERS.contains(t.getClass().getSimpleName())
        || message == null
        || message.equals(cause.toString())
        || (t.getClass() == RuntimeException.class && SAYS_NOTHING.contains(message));
  }

  private static List<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    java.util.ArrayList<Throwable> chain = new java.util.ArrayList<>();
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  private static String describe(Throwable root) {
    String message = root.getMessage();
    String kind = root.getClass().getSimpleName();
    if (root instanceof OutOfMemoryError) {
      return "Out of memory ("
          + message
          + "). Give the JVM more, such as PENSTOCK_JAVA_OPTS=-Xmx4g, or use fewer workers.";
    }
    if (root instanceof NoSuchFileException) {
      return "No such file: " + message;
    }
    if (root instanceof AccessDeniedException) {
      return "No permission to read or write " + message;
    }
    if (root instanceof java.net.UnknownHostException) {
      return "Unknown host: " + message;
    }
    if (root instanceof LinkageError || root instanceof ClassNotFoundException) {
      return "The class path does not fit: " + kind + ": " + message;
    }
    return message == null || message.isBlank() ? kind : message.strip();
  }
}
