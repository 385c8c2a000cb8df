package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exact figures of a finished run, as {@link CollectRunSummary} left them in a file. This is
 * how the process that launched a pipeline learns them on any runner.
 *
 * <pre>{@code
 * pipeline.run().waitUntilFinish();
 * RunSummary summary = RunSummary.read(tempLocation + "/summary.json");
 * System.out.print(summary.ledger().toTable());
 * }</pre>
 */
@AutoValue
public abstract class RunSummary {
  private static final Comparator<QualityResult> BY_RULE =
      Comparator.comparing(QualityResult::rule)
          .thenComparing(QualityResult::observed)
          .thenComparing(QualityResult::passed)
          .thenComparing(QualityResult::blocking);

  /** Bundles figures; they are put into a fixed order. */
  public static RunSummary of(
      Ledger ledger,
      Map<String, Long> deadLetterReasons,
      Collection<QualityResult> quality,
      Collection<String> samples) {
    return new AutoValue_RunSummary(
        ledger,
        Collections.unmodifiableSortedMap(new TreeMap<>(deadLetterReasons)),
        quality.stream().sorted(BY_RULE).toList(),
        samples.stream().sorted().toList(),
        List.of(),
        Collections.emptySortedMap(),
        List.of());
  }

  /** A summary that knows the ledger alone, such as that of a run that ended early. */
  public static RunSummary of(Ledger ledger) {
    return of(ledger, Map.of(), List.of(), List.of());
  }

  /**
   * Reads what {@link CollectRunSummary} wrote.
   *
   * @throws IOException when there is no such file, which means that the run did not finish, or
   *     when it cannot be read
   */
  public static RunSummary read(String path) throws IOException {
    return RunJson.readSummary(path, RunFile.read(path));
  }

  /** The same figures, with what is known of rejected records and of the fields of rows. */
  public final RunSummary withProfiles(DeadLetterProfile rejected, List<FieldProfile> fields) {
    return withProfiles(rejected.reasons(), rejected.perField(), fields);
  }

  final RunSummary withProfiles(
      List<RejectionCount> rejections, Map<String, Long> perField, List<FieldProfile> fields) {
    return new AutoValue_RunSummary(
        ledger(),
        deadLetterReasons(),
        quality(),
        samples(),
        List.copyOf(rejections),
        Collections.unmodifiableSortedMap(new TreeMap<>(perField)),
        List.copyOf(fields));
  }

  /** What became of the records of each unit of input. */
  public abstract Ledger ledger();

  /** Dead letters for each reason code. */
  public abstract SortedMap<String, Long> deadLetterReasons();

  /** Results of the quality rules, in order of their names. */
  public abstract List<QualityResult> quality();

  /** Texts to show to people, such as rows of a dry run. */
  public abstract List<String> samples();

  /** Dead letters by step, reason code and field; empty when the run was not to look closely. */
  public abstract List<RejectionCount> rejections();

  /** For each field, the dead letters that have a reason which concerns it. */
  public abstract SortedMap<String, Long> rejectedPerField();

  /** What the accepted rows look like, field by field; empty when nobody looked, or at no row. */
  public abstract List<FieldProfile> fields();
}
