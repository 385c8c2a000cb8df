package dev.penstock.samples.kiva.jobs;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.pipelines.run.WorkerPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One of the four jobs as a command. Its flags are the workshop's, so that a command line of it
 * works when {@code python -m kiva_org.loans} is replaced by {@code ./penstock kiva-loans}.
 */
abstract class KivaCommand implements Command {
  private final KivaJob job;
  private final String summary;

  KivaCommand(KivaJob job, String summary) {
    this.job = job;
    this.summary = summary;
  }

  @Override
  public String name() {
    return job.command();
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return job.optionsType();
  }

  @Override
  public List<String> sections() {
    return List.of("Input", "Destination", "Account");
  }

  /** Dataflow's, which the workshop's command lines have with every runner. */
  @Override
  public List<String> withoutEffect() {
    return List.of("stagingLocation");
  }

  /** Where the workshop's jobs ran on Dataflow, by the default of the Python SDK of their day. */
  @Override
  public Map<String, String> runnerDefaults() {
    return Map.of("region", "us-central1");
  }

  @Override
  public List<String> check(Invocation invocation) {
    KivaOptions options = invocation.options(KivaOptions.class);
    List<String> problems = new ArrayList<>(AccountedRun.problems(options));
    WorkerPlaces places = WorkerPlaces.of(options);
    places.check("--input", options.getInput(), problems);
    places.check("--deadLetters", options.getDeadLetters(), problems);
    if (job.optionsType() == KivaOptions.ToText.class) {
      KivaOptions.ToText text = options.as(KivaOptions.ToText.class);
      places.check("--output", text.getOutput(), problems);
      int shards = text.getNumShards();
      if (shards < 1) {
        problems.add("--numShards=" + shards + " must be 1 or more");
      }
    } else {
      KivaOptions.ToTable table = options.as(KivaOptions.ToTable.class);
      if (table.getDataset() == null) {
        places.checkDestination("--to", table.getTo(), problems);
      }
      checkTable(table, problems);
    }
    return problems;
  }

  private void checkTable(KivaOptions.ToTable options, List<String> problems) {
    boolean dataset = options.getDataset() != null;
    if (dataset && !options.getTo().equals(KivaOptions.ToTable.ELSEWHERE)) {
      problems.add("--dataset and --to both name the destination; keep one");
    } else if (dataset && options.as(GcpOptions.class).getProject() == null) {
      problems.add("--dataset needs --project=<project>, whose dataset it is");
    } else {
      try {
        List<String> unused = job.table(options).ddl();
      } catch (IllegalArgumentException | DestinationException e) {
        problems.add((dataset ? "--dataset: " : "--to: ") + e.getMessage());
      }
    }
  }

  @Override
  public int run(Invocation invocation) {
    KivaOptions options = invocation.options(KivaOptions.class);
    return AccountedRun.of(name(), options, job.contract(), invocation.terminal())
        .run((pipeline, accounting) -> job.build(pipeline, options, accounting));
  }

  /** {@code penstock kiva-loans}. */
  public static final class Loans extends KivaCommand {
    /** For the service loader. */
    public Loans() {
      super(KivaJob.LOANS, "Writes a line of text for each loan (sample: Kiva workshop)");
    }

    @Override
    public List<String> examples() {
      return List.of("kiva-loans --runner=DirectRunner --input=loans.csv --output=tmp/loans");
    }
  }

  /** {@code penstock kiva-loans-bigquery}. */
  public static final class LoansBigQuery extends KivaCommand {
    /** For the service loader. */
    public LoansBigQuery() {
      super(KivaJob.LOANS_BIGQUERY, "Writes amounts and status of loans to a table (sample)");
    }

    @Override
    public List<String> examples() {
      return List.of(
          "kiva-loans-bigquery --input=gs://kiva_org_pipeline/data/kiva/loans.csv"
              + " --project=kiva-org-pipeline --dataset=kiva_dataset"
              + " --table_name=kiva_loans_summary --temp_location=gs://kiva_org_pipeline/tmp",
          "kiva-loans-bigquery --input=loans.csv --to=jdbc:duckdb:kiva.duckdb");
    }
  }

  /** {@code penstock kiva-loans-lenders}. */
  public static final class Lenders extends KivaCommand {
    /** For the service loader. */
    public Lenders() {
      super(KivaJob.LENDERS, "Writes the number of lenders of each loan as text (sample)");
    }

    @Override
    public List<String> examples() {
      return List.of("kiva-loans-lenders --input=loans_lenders.csv --output=tmp/lenders");
    }
  }

  /** {@code penstock kiva-loans-lenders-bigquery}. */
  public static final class LendersBigQuery extends KivaCommand {
    /** For the service loader. */
    public LendersBigQuery() {
      super(KivaJob.LENDERS_BIGQUERY, "Writes the number of lenders to a table (sample)");
    }

    @Override
    public List<String> examples() {
      return List.of(
          "kiva-loans-lenders-bigquery --input=loans_lenders.csv --project=kiva-org-pipeline"
              + " --dataset=kiva_dataset --temp_location=gs://kiva_org_pipeline/tmp");
    }
  }
}
