package dev.penstock.pipelines.run;

import dev.penstock.pipelines.cli.Interruption;
import dev.penstock.pipelines.cli.ProgressReporter;
import dev.penstock.pipelines.cli.RemoteWatch;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final @Nullable Function<RunSummary, String> ending;

  /** A run that has begun: when, and the log of how it gets on. */
  private record Begun(Instant start, ThroughputLog log) {}

  private AccountedRun(
      String name,
      AccountedOptions options,
      DataContract contract,
      Terminal terminal,
      @Nullable Function<RunSummary, String> ending) {
    this.name = name;
    this.options = options;
    this.contract = contract;
    this.terminal = terminal;
    this.ending = ending;
  }

  /** A run of the named pipeline. */
  public static AccountedRun of(
      String name, AccountedOptions options, DataContract contract, Terminal terminal) {
    return new AccountedRun(name, options, contract, terminal, null);
  }

  /** The same run, with a line that is printed at its end. */
  public AccountedRun withEnding(Function<RunSummary, String> newEnding) {
    return new AccountedRun(name, options, contract, terminal, newEnding);
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

  /** Builds a pipeline that goes on until it is stopped, runs it and waits. */
  public int stream(Consumer<Pipeline> build) {
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    if (options.isDetached()) {
      options.setSubmitted(pipeline.run());
      RemoteWatch.of(options)
          .flatMap(watch -> watch.place(options))
          .ifPresent(place -> terminal.err().println(place));
      return SUCCESS;
    }
    finish(pipeline);
    return SUCCESS;
  }

  private int run(BiConsumer<Pipeline, Accounting> build, Begun begun) {
    if (options.isDetached()) {
      return handOver(build, begun);
    }
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

  /** Nobody waits for this run: it judges itself, and leaves its figures where they are. */
  private int handOver(BiConsumer<Pipeline, Accounting> build, Begun begun) {
    String figures = SummaryFile.path(options.getTempLocation(), options.getRunId());
    Accounting books = books(figures);
    books.judgeRunBy(new SelfJudgement(reporting(begun), Verdict.by(options)));
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline, books);
    options.setSubmitted(pipeline.run());
    RemoteWatch.of(options)
        .flatMap(watch -> watch.place(options))
        .ifPresent(place -> terminal.err().println(place));
    terminal
        .out()
        .println(
            "Nobody waits for this run here: it fails by itself when its ledger or a threshold does"
                + " not hold. Its figures will be in "
                + figures);
    return SUCCESS;
  }

  private Reporting reporting(Begun begun) {
    return Reporting.of(name, options, contract, begun.start());
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
    List<String> problems = Verdict.by(options).problems(summary);
    Reporting reporting = reporting(begun);
    RunReport report = reporting.report(summary, problems, begun.log().samples());
    terminal.out().print(RunText.of(report, options.getDryRun()));
    if (ending != null) {
      terminal.out().println(ending.apply(summary));
    }
    reporting.write(report);
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
      Reporting reporting = reporting(begun);
      reporting.write(
          reporting.report(RunSummary.of(ledger), List.of(message), begun.log().samples()));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** The files that {@code --report} names: one, or several with commas between them. */
  public static List<String> reportFiles(AccountedOptions options) {
    String report = options.getReport();
    return report == null ? List.of() : List.of(BETWEEN_REPORTS.split(report, -1));
  }
}
