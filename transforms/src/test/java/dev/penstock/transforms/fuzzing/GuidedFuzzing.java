package dev.penstock.transforms.fuzzing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Assume;

/**
 * Runs a fuzz target under Jazzer, which changes inputs so that they reach code that none has
 * reached. It has a JVM of its own, because it rewrites the classes and ends the process.
 *
 * <pre>{@code
 * GuidedFuzzing.of(ContractFuzzTarget.class).seeds("contract").check(2_000);
 * }</pre>
 *
 * <p>In the build it begins with the committed seeds, has a fixed random seed and a number of
 * executions. With {@code -Dpenstock.fuzz.seconds=N} it runs that long instead, from another random
 * seed each time, and goes on with what earlier long runs have collected. A target is a public
 * class with {@code public static void fuzzerTestOneInput(byte[])}, which throws what is to be
 * found.
 */
public final class GuidedFuzzing {
  /**
   * Seconds after which the build's run ends; only on a slow machine is that before all is done.
   */
  private static final int MOST_SECONDS = 15;

  /** Seconds after which an input hangs, also when the machine has much else to do. */
  private static final int MOST_SECONDS_OF_AN_INPUT = 30;

  private static final String UNUSED_HOOKS =
      Stream.of(
              // Who writes a contract chooses its patterns; that they may be any is the point.
              "RegexInjection",
              // Steers matching of patterns, at some cost.
              "RegexRoadblocks",
              // For libraries that are not here.
              "ClojureLangHooks",
              "ExpressionLanguageInjection",
              "LdapInjection",
              "NamingContextLookup",
              "ScriptEngineInjection",
              "SqlInjection",
              "XPathInjection")
          .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
          .collect(Collectors.joining(":"));

  private static final int SECONDS_TO_START_AND_END = 300;
  private static final int LARGEST_INPUT_BYTES = 8192;
  private static final String NOT_HERE =
      "The committed inputs hold, but Jazzer has no native library for this platform";
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Pattern COVERAGE =
      Pattern.compile("#\\d+\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)");

  private final Class<?> target;
  private final String instrumented;
  private final List<Path> seeds;

  private GuidedFuzzing(Class<?> target, String instrumented, List<Path> seeds) {
    this.target = target;
    this.instrumented = instrumented;
    this.seeds = seeds;
  }

  /** Fuzzing of this target, guided by the code of this project. */
  public static GuidedFuzzing of(Class<?> target) {
    return new GuidedFuzzing(target, "dev.penstock.**", List.of());
  }

  /** Is guided by these classes as well. */
  public GuidedFuzzing guidedBy(String classes) {
    return new GuidedFuzzing(target, instrumented + ":" + classes, seeds);
  }

  /** Begins with the files of this folder of the test resources as well. */
  public GuidedFuzzing seeds(String folder) {
    List<Path> more = new ArrayList<>(seeds);
    more.add(Path.of("src/test/resources", folder).toAbsolutePath());
    return new GuidedFuzzing(target, instrumented, List.copyOf(more));
  }

  /**
   * Fails when an input breaks the target, or when Jazzer did not do its work. Where Jazzer does
   * not run, the seeds alone are tried and the rest of the test is skipped.
   *
   * @param executions how often the target is executed in the build
   */
  public void check(int executions) throws Exception {
    trySeeds();
    Assume.assumeTrue(NOT_HERE, hasNativeLibrary());
    int seconds = Integer.getInteger("penstock.fuzz.seconds", 0);
    Path folder = folder(seconds > 0);
    Path log = folder.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(command(folder, executions, seconds))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int most = SECONDS_TO_START_AND_END + Math.max(seconds, MOST_SECONDS);
      if (!jazzer.waitFor(most, TimeUnit.SECONDS)) {
        throw new AssertionError("Jazzer did not end; see " + log);
      }
    } finally {
      jazzer.destroyForcibly();
    }
    judge(jazzer.exitValue(), Files.readString(log, UTF_8), folder);
  }

  private void trySeeds() throws Exception {
    Method entry = target.getMethod("fuzzerTestOneInput", byte[].class);
    for (Path folder : seeds) {
      for (Path seed : MoreFiles.listFiles(folder)) {
        try {
          entry.invoke(null, (Object) Files.readAllBytes(seed));
        } catch (InvocationTargetException e) {
          throw new AssertionError(seed + " breaks " + target.getSimpleName(), e.getCause());
        }
      }
    }
  }

  /** Where Jazzer works. What long runs collect stays there, for the next one. */
  private Path folder(boolean isLong) throws IOException {
    Path folder = Path.of("target/fuzzing", target.getSimpleName() + (isLong ? "-long" : ""));
    if (!isLong && Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    Files.createDirectories(folder.resolve("corpus"));
    return folder.toAbsolutePath();
  }

  private static boolean hasNativeLibrary() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    String library =
        String.format(
            "/com/code_intelligence/jazzer/driver/jazzer_driver_%s_%s/%s",
            system.startsWith("mac") ? "macos" : system.startsWith("win") ? "windows" : system,
            processor.equals("amd64") ? "x86_64" : processor,
            System.mapLibraryName("jazzer_driver"));
    return GuidedFuzzing.class.getResource(library) != null;
  }

  private List<String> command(Path folder, int executions, int seconds) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            // The best code comes too late for a run of seconds.
            "-XX:TieredStopAtLevel=" + (seconds > 0 ? 4 : 1),
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+EnableDynamicAgentLoading",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.getName(),
            "--instrumentation_includes=" + instrumented,
            "--custom_hook_includes=" + instrumented,
            "--disabled_hooks=" + UNUSED_HOOKS,
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-timeout=" + MOST_SECONDS_OF_AN_INPUT,
            "-max_len=" + LARGEST_INPUT_BYTES,
            // Without it no input grows beyond the largest seed.
            "-len_control=20",
            "-print_final_stats=1"));
    command.addAll(
        seconds > 0
            ? List.of("-max_total_time=" + seconds)
            : List.of("-seed=1", "-runs=" + executions, "-max_total_time=" + MOST_SECONDS));
    command.add(folder.resolve("corpus").toString());
    for (Path seed : seeds) {
      command.add(seed.toString());
      // Words that inputs are made of lie beside their folder.
      Path words = Path.of(seed + ".dict");
      if (Files.exists(words)) {
        command.add("-dict=" + words);
      }
    }
    return command;
  }

  private void judge(int exitCode, String log, Path folder) {
    // A Linux without the usual C library.
    Assume.assumeFalse(NOT_HERE, log.contains("java.lang.UnsatisfiedLinkError"));
    Matcher done = DONE.matcher(log);
    if (exitCode != 0 || !done.find()) {
      throw new AssertionError(
          "Jazzer ended with "
              + exitCode
              + "; inputs that it found are in "
              + folder
              + ":\n"
              + log);
    }
    String covered = "";
    Matcher coverage = COVERAGE.matcher(log);
    while (coverage.find()) {
      covered =
          String.format(
              "%s edges, %s features, %s inputs kept",
              coverage.group(1), coverage.group(2), coverage.group(3));
    }
    if (covered.isEmpty()) {
      throw new AssertionError("Jazzer saw no code of " + instrumented + ":\n" + log);
    }
    System.out.printf(
        "%s: %s executions in %s s, %s%n",
        target.getSimpleName(), done.group(1), done.group(2), covered);
  }
}
