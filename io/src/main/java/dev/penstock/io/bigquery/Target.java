package dev.penstock.io.bigquery;

import dev.penstock.io.sink.Refusals;
import dev.penstock.transforms.contract.DataContract;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A table to be written, as it travels to the workers.
 *
 * @param settings how to reach BigQuery
 * @param patience how long to try
 * @param preparation how the table is made ready
 * @param contract contract of the rows
 * @param refusals makes dead letters
 */
record Target(
    GoogleSettings settings,
    Patience patience,
    TablePreparation preparation,
    DataContract contract,
    Refusals refusals)
    implements Serializable {
  /** Runs of this process with what they have made ready, which every thread would ask for. */
  private static final Map<String, Opened> READY = new ConcurrentHashMap<>();

  private static final int MOST_RUNS = 64;

  /** A table that is ready, and the connection to it. */
  record Opened(BigQueryApi api, TablePreparation.Ready ready) {
    TableLayout layout() {
      return ready.layout();
    }

    TableRef ref() {
      return ready.layout().ref();
    }
  }

  TableRef ref() {
    return preparation.wanted().ref();
  }

  /** Makes the table ready, once in a process for each run. */
  Opened open(String runId) {
    String name = runId + " " + settings.endpoint() + " " + ref().sql();
    Opened opened = READY.get(name);
    if (opened != null) {
      return opened;
    }
    synchronized (READY) {
      if (READY.size() >= MOST_RUNS) {
        READY.clear();
      }
      return READY.computeIfAbsent(name, unused -> prepare());
    }
  }

  private Opened prepare() {
    BigQueryApi api = BigQueryApi.connect(settings, patience);
    try {
      return new Opened(api, preparation.run(api, false));
    } catch (ServiceException e) {
      throw Unusable.of(ref(), e);
    }
  }

  /** The table that a run's rows come together in before they are merged. */
  TableRef stage(String runId) {
    return ref().withTable(StageTable.name(ref(), runId));
  }
}
