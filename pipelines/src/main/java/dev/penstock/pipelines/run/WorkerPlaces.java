package dev.penstock.pipelines.run;

import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.ledger.RunOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which places workers can read and write: all of them where the workers are in this process
 * or share its folders, else those with a scheme of their own, such as {@code gs://}.
 *
 * <pre>{@code
 * WorkerPlaces.of(options).check("--input", options.getInput(), problems);
 * }</pre>
 */
public final class WorkerPlaces {
  private static final Pattern ELSEWHERE = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final String PASSWORD = "PENSTOCK_PASSWORD";

  private final boolean elsewhere;
  private final boolean seesThisMachine;

  private WorkerPlaces(boolean elsewhere, boolean seesThisMachine) {
    this.elsewhere = elsewhere;
    this.seesThisMachine = seesThisMachine;
  }

  /** What the workers of a run with these options see. */
  public static WorkerPlaces of(RunOptions options) {
    boolean elsewhere = options.isRemoteWorkers();
    return new WorkerPlaces(elsewhere, !elsewhere || options.isWorkersShareFiles());
  }

  /**
   * Adds a problem when the destination is a file or folder that workers do not see, or a database
   * that only one process can write.
   */
  public void checkDestination(String flag, String uri, List<String> problems) {
    if (elsewhere && uri.startsWith("jdbc:duckdb:")) {
      problems.add(
          flag
              + "="
              + uri
              + ": DuckDB is for one process on one machine, and the workers of this run are"
              + " others. Use "
              + flag
              + "=jdbc:postgresql://…, or run here: without --flinkMaster and"
              + " --runner=DataflowRunner");
    }
    check(flag, WriteToWarehouse.folder(uri).orElse(uri), problems);
  }

  /** Adds a problem when a password that only this process knows would be missing to workers. */
  public void checkPassword(@Nullable String passwordFile, List<String> problems) {
    checkPassword(passwordFile, System.getenv(PASSWORD), problems);
  }

  void checkPassword(
      @Nullable String passwordFile, @Nullable String passwordHere, List<String> problems) {
    if (!seesThisMachine && passwordFile == null && passwordHere != null) {
      problems.add(
          "--passwordFile is missing: the workers of this run do not see the environment variable "
              + PASSWORD
              + " of this machine. Put the password into an object that they may read, such as"
              + " --passwordFile=gs://bucket/secrets/warehouse");
    }
  }

  /** Adds a problem when the flag names a place on this machine and workers do not see it. */
  public void check(String flag, @Nullable String place, List<String> problems) {
    if (!seesThisMachine && place != null && !ELSEWHERE.matcher(place).matches()) {
      problems.add(
          flag
              + "="
              + place
              + " is on this machine, and the workers of this run see none of its files: put it"
              + " where they can reach it, such as gs://bucket/folder");
    }
  }
}
