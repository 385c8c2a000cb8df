package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The report of a run: what was run, how it ended and its exact figures.
 *
 * <pre>{@code
 * RunReport report =
 *     RunReport.builder("csv-to-warehouse", RunReport.Status.SUCCEEDED, summary)
 *         .setContract("kiva-loans", "1.0.0")
 *         .setStart(start)
 *         .setDuration(Duration.between(start, end))
 *         .build();
 * report.write("report.json");
 * }</pre>
 *
 * <p>The JSON has its keys in a fixed order, so that reports can be compared as text.
 */
@AutoValue
public abstract class RunReport {

  /** How a run ended. */
  public enum Status {
    /** It came to its end, the ledger is balanced and every threshold was kept. */
    SUCCEEDED,
    /** It failed, or it came to its end with a broken threshold or an unbalanced ledger. */
    FAILED,
    /** It was stopped from outside. */
    CANCELLED;

    /** The status as reports write it. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A report of this pipeline; start, duration, contract and problems can be added. */
  public static Builder builder(String pipeline, Status status, RunSummary summary) {
    return new AutoValue_RunReport.Builder()
        .setPipeline(pipeline)
        .setStatus(status)
        .setSummary(summary)
        .setContract("", "")
        .setRunId("")
        .setRunner("")
        .setFlags(Map.of())
        .setThroughput(List.of())
        .setStart(Instant.EPOCH)
        .setDuration(Duration.ZERO)
        .setProblems(List.of());
  }

  /** Name of the pipeline, such as {@code csv-to-warehouse}. */
  public abstract String pipeline();

  /** How the run ended. */
  public abstract Status status();

  /** Id of the contract; empty when there was none. */
  public abstract String contractId();

  /** Version of the contract. */
  public abstract String contractVersion();

  /** Id of the run, which the rows it wrote keep; empty when it is not known. */
  public abstract String runId();

  /** Name of the runner, such as {@code FlinkRunner}; empty when it is not known. */
  public abstract String runner();

  /** The flags that were given, as they may be shown: without secrets. */
  public abstract SortedMap<String, String> flags();

  /** When the run began. */
  public abstract Instant start();

  /** How long it took. */
  public abstract Duration duration();

  /** The exact figures. */
  public abstract RunSummary summary();

  /** How the run got on, in order of time; empty where nothing of it was seen, as on a cluster. */
  public abstract List<ThroughputSample> throughput();

  /** Why the run is not a success, for people; empty for a success. */
  public abstract List<String> problems();

  /** Records read in a second of the run, to one decimal; 0 when the run took no time. */
  public final BigDecimal recordsPerSecond() {
    long millis = duration().toMillis();
    if (millis <= 0) {
      return BigDecimal.ZERO.setScale(1);
    }
    return BigDecimal.valueOf(summary().ledger().total().read())
        .multiply(BigDecimal.valueOf(1000))
        .divide(BigDecimal.valueOf(millis), 1, RoundingMode.HALF_UP);
  }

  /**
   * Share of the records read that are no dead letters, from 0 to 1 with six decimals. It is 1 only
   * when there is not a single dead letter: the share is never rounded up.
   */
  public final BigDecimal successRate() {
    LedgerEntry total = summary().ledger().total();
    if (total.read() == 0) {
      return BigDecimal.ONE.setScale(6);
    }
    return BigDecimal.valueOf(Math.max(0, total.read() - total.deadLettered()))
        .divide(BigDecimal.valueOf(total.read()), 6, RoundingMode.DOWN);
  }

  /** The report as JSON text. */
  public final String toJson() {
    return new String(json(), StandardCharsets.UTF_8);
  }

  /** Writes the JSON to this path, on any Beam file system; what is there is replaced. */
  public final void write(String path) throws IOException {
    RunFile.write(path, json());
  }

  /** Writes another form of the report to this path, as {@link #write(String)} does the JSON. */
  public static void write(String path, String text) throws IOException {
    RunFile.write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] json() {
    return RunJson.object(
        json -> {
          json.writeStringField("pipeline", pipeline());
          json.writeStringField("status", status().keyword());
          json.writeObjectFieldStart("contract");
          json.writeStringField("id", contractId());
          json.writeStringField("version", contractVersion());
          json.writeEndObject();
          json.writeStringField("runId", runId());
          json.writeStringField("runner", runner());
          json.writeObjectFieldStart("flags");
          for (Map.Entry<String, String> flag : flags().entrySet()) {
            json.writeStringField(flag.getKey(), flag.getValue());
          }
          json.writeEndObject();
          json.writeStringField("start", start().toString());
          json.writeNumberField("durationMillis", duration().toMillis());
          json.writeNumberField("recordsPerSecond", recordsPerSecond());
          json.writeNumberField("successRate", successRate());
          RunJson.writeFigures(json, summary());
          ProfileJson.writeThroughput(json, throughput());
          RunJson.writeTexts(json, "problems", problems());
        });
  }

  /** Builds a report. */
  @AutoValue.Builder
  public abstract static class Builder {
    abstract Builder setPipeline(String value);

    abstract Builder setStatus(Status value);

    abstract Builder setSummary(RunSummary value);

    abstract Builder setContractId(String value);

    abstract Builder setContractVersion(String value);

    /** Id and version of the contract. */
    public final Builder setContract(String id, String version) {
      return setContractId(id).setContractVersion(version);
    }

    /** Id of the run. */
    public abstract Builder setRunId(String value);

    /** Name of the runner. */
    public abstract Builder setRunner(String value);

    abstract Builder setFlags(SortedMap<String, String> value);

    /** The flags that were given, as they may be shown: secrets must have been taken out. */
    public final Builder setFlags(Map<String, String> value) {
      return setFlags(Collections.unmodifiableSortedMap(new TreeMap<>(value)));
    }

    /** How the run got on, in order of time. */
    public abstract Builder setThroughput(List<ThroughputSample> value);

    /** When the run began. */
    public abstract Builder setStart(Instant value);

    /** How long it took. */
    public abstract Builder setDuration(Duration value);

    /** Why the run is not a success. */
    public abstract Builder setProblems(List<String> value);

    /** The report. */
    public abstract RunReport build();
  }
}
