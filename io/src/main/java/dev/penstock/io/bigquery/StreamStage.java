package dev.penstock.io.bigquery;

import dev.penstock.io.sink.RowSink.Results;
import java.util.List;
import java.util.Map;

/** Fills the stage by committing the pending streams that the parts were appended to. */
record StreamStage(GoogleSettings settings, Patience patience) implements Settlement.Fill {
  private static final int MOST_STREAMS = 100;

  @Override
  public Map<String, Long> run(Settlement settlement, Results results) throws ServiceException {
    // In the same order in every attempt: what was committed together is found so again.
    List<String> streams =
        settlement.parts().stream()
            .map(StagedPart::stream)
            .filter(java.util.Objects::nonNull)
            .sorted()
            .toList();
    try (StorageApi api = StorageApi.connect(settings, patience)) {
      for (int from = 0; from < streams.size(); from += MOST_STREAMS) {
        api.commit(
            settlement.stage(),
            streams.subList(from, Math.min(streams.size(), from + MOST_STREAMS)));
      }
    }
    return Map.of();
  }
}
