package dev.penstock.pipelines.run;

import dev.penstock.pipelines.cli.Interruption;
import dev.penstock.pipelines.cli.ProgressReporter;
import dev.penstock.pipelines.cli.RemoteWatch;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.report.ReportPage;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.jspecify.annotations.Nullable;

/**
 * Runs a bounded pipeline to its end with every record accounted for: shows progress, prints ledger
 * and reasons, writes the report, and gives the exit code.
 *
 * <pre>{@code
 * int exitCode =
 *     AccountedRun.of("orders-to-warehouse", options, contract, Terminal.system())
 *         .run((pipeline, accounting) -> build(pipeline, options, accounting));
 * }</pre>
 *
 * <p>Exit code 0: all well. 1: it failed, broke a threshold or a quality check, or its ledger does
 * not balance. A run that ends early says what this process had written so far.
 */
public final class AccountedRun {
  /** Exit code of a run that went well. */
  public static final int SUCCESS = 0;

  /** Exit code of a run that failed, or that broke a threshold. */
  public static final int FAILURE = 1;

  /** A comma after the ending of a report; others belong to a name. */
  private static final Pattern BETWEEN_REPORTS =
      Pattern.compile("(?<=\\.(?:html|htm|json)),", Pattern.CASE_INSENSITIVE);

  private final String name;
  private final AccountedOptions options;
  private final DataContract contract;
  private final Terminal terminal;

  /** A run that has begun: when, and the log of how it gets on. */
  private record Begun(Instant start, ThroughputLog log) {}

  private AccountedRun(
      String name, AccountedOptions options, DataContract contract, Terminal terminal) {
    this.name = name;
    this.options = options;
    this.contract = contract;
    this.terminal = terminal;
  }

  /** A run of the named pipeline. */
  public static AccountedRun of(
      String name, AccountedOptions options, DataContract contract, Terminal terminal) {
    return new AccountedRun(name, options, contract, terminal);
  }

  /** Problems of the options that every accounted run has, each naming its flag and a fix. */
  public static List<String> problems(AccountedOptions options) {
    if (options.isRemoteWorkers() && options.getTempLocation() == null) {
      return List.of(
          "--tempLocation is missing: the workers are elsewhere and leave their figures there. Name"
              + " a folder that this process and every worker can read and write, such as"
              + " --tempLocation=gs://bucket/tmp or a shared volume");
    }
    return List.of();
  }

  /** Builds the pipeline, runs it, waits for its end and reports. */
  public int run(BiConsumer<Pipeline, Accounting> build) {
    try (ThroughputLog log = ThroughputLog.start(options.getRunId())) {
      return run(build, new Begun(Instant.now(), log));
    }
  }

  private int run(BiConsumer<Pipeline, Accounting> build, Begun begun) {
    try (SummaryFile file = SummaryFile.in(options.getTempLocation(), options.getRunId())) {
      Pipeline pipeline = Pipeline.create(options);
      build.accept(pipeline, books(file.path()));
      finish(pipeline);
      return report(begun, RunSummary.read(file.path()));
    } catch (IOException e) {
      fail(begun, e);
      throw new UncheckedIOException(
          "The pipeline ended without a summary of its records. Close its Accounting, and check"
              + " that --tempLocation can be read and written.",
          e);
    } catch (RuntimeException | Error e) {
      fail(begun, e);
      throw e;
    }
  }

  private Accounting books(String summaryPath) {
    return options.getReport() == null
        ? Accounting.to(summaryPath)
        : Accounting.forReport(summaryPath);
  }

  private void finish(Pipeline pipeline) {
    try (Interruption ignored =
            Interruption.watch(terminal, options, () -> Interruption.COMPLETE_BY_REPEATING);
        ProgressReporter progress =
            ProgressReporter.start(terminal, options, options.getProgressRecords())) {
      PipelineResult run = pipeline.run();
      options.setSubmitted(run);
      progress.tellPlace();
      PipelineResult.State state = run.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException(ending(state));
      }
    }
  }

  private String ending(PipelineResult.@Nullable State state) {
    String ending =
        state == null
            ? "The runner no longer says how the pipeline is; it may go on"
            : "The runner ended the pipeline as " + state;
    return RemoteWatch.of(options)
        .flatMap(watch -> watch.failure(options))
        .map(reason -> ending + ": " + reason)
        .orElse(ending);
  }

  private int report(Begun begun, RunSummary summary) {
    List<String> problems = Verdict.problems(summary, options);
    RunReport report =
        reportOf(
            begun,
            problems.isEmpty() ? RunReport.Status.SUCCEEDED : RunReport.Status.FAILED,
            summary,
            problems);
    terminal.out().print(RunText.of(report, options.getDryRun()));
    write(report);
    problems.forEach(problem -> terminal.err().println("penstock: " + problem));
    return problems.isEmpty() ? SUCCESS : FAILURE;
  }

  private void fail(Begun begun, Throwable failure) {
    List<LedgerEntry> soFar = RunProgress.of(options.getRunId()).units();
    if (soFar.isEmpty() && !options.isRemoteWorkers()) {
      return;
    }
    Ledger ledger = Ledger.of(soFar);
    terminal
        .err()
        .print(
            options.isRemoteWorkers()
                ? "The run failed. What its workers had written until then stays.\n"
                : "The run failed. What this process had done until then:\n" + ledger.toTable());
    terminal.err().println(Interruption.COMPLETE_BY_REPEATING);
    String message = String.valueOf(failure.getMessage());
    try {
      write(reportOf(begun, RunReport.Status.FAILED, RunSummary.of(ledger), List.of(message)));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private RunReport reportOf(
      Begun begun, RunReport.Status status, RunSummary summary, List<String> problems) {
    return RunReport.builder(name, status, summary)
        .setContract(contract.id(), contract.version())
        .setRunId(options.getRunId())
        .setRunner(options.getRunner().getSimpleName())
        .setFlags(GivenFlags.of(options))
        .setStart(begun.start())
        .setDuration(Duration.between(begun.start(), Instant.now()))
        .setThroughput(begun.log().samples())
        .setProblems(problems)
        .build();
  }

  private void write(RunReport report) {
    for (String path : reportFiles(options)) {
      try {
        if (isPage(path)) {
          RunReport.write(path, ReportPage.of(report, contract));
        } else {
          report.write(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("--report=" + path + " cannot be written: " + e, e);
      }
    }
  }

  /** The files that {@code --report} names: one, or several with commas between them. */
  public static List<String> reportFiles(AccountedOptions options) {
    String report = options.getReport();
    return report == null ? List.of() : List.of(BETWEEN_REPORTS.split(report, -1));
  }

  /** A report whose name ends like that of a page is one; any other is JSON. */
  private static boolean isPage(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".html") || name.endsWith(".htm");
  }
}
