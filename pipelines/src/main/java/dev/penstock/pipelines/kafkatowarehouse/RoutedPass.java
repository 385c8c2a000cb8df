package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of a bundle on the ways of their topics. A way that a worker never sees records
 * of is never opened there.
 *
 * @param ways the ways by topic
 */
record RoutedPass(Map<String, StreamPass> ways) implements RecordHandler<RecordBytes> {
  private static final long serialVersionUID = 1L;

  /** One way for all topics, or one for each. */
  static RecordHandler<RecordBytes> of(List<Route> routes) {
    if (routes.size() == 1) {
      return routes.get(0).pass();
    }
    Map<String, StreamPass> ways = new HashMap<>();
    for (Route route : routes) {
      StreamPass pass = route.pass();
      route.topics().forEach(topic -> ways.put(topic, pass));
    }
    return new RoutedPass(ways);
  }

  @Override
  public Session<RecordBytes> open(String runId) {
    return new Routing(runId);
  }

  private final class Routing implements Session<RecordBytes> {
    private final String runId;
    private final Map<StreamPass, Session<RecordBytes>> open = new HashMap<>();
    private final Map<StreamPass, Session<RecordBytes>> begun = new HashMap<>();
    private final Map<String, Session<RecordBytes>> bySource = new HashMap<>();
    private @Nullable FilePart part;

    Routing(String runId) {
      this.runId = runId;
    }

    @Override
    public void begin(FilePart newPart, Output output) {
      part = newPart;
      begun.clear();
      bySource.clear();
    }

    @Override
    public void record(RecordBytes content, RecordView record, Output output) {
      Session<RecordBytes> way = bySource.get(record.source());
      if (way == null) {
        way = begun(record.source(), output);
        bySource.put(record.source(), way);
      }
      way.record(content, record, output);
    }

    private Session<RecordBytes> begun(String source, Output output) {
      StreamPass pass = ways.get(source.substring(0, source.lastIndexOf('-')));
      FilePart of = part;
      if (pass == null || of == null) {
        throw new IllegalStateException("There is no way for " + source);
      }
      return begun.computeIfAbsent(
          pass,
          unused -> {
            Session<RecordBytes> session = open.computeIfAbsent(pass, each -> each.open(runId));
            session.begin(of, output);
            return session;
          });
    }

    @Override
    public void end(Output output) {
      begun.values().forEach(session -> session.end(output));
    }

    @Override
    public void close() {
      open.values().forEach(Session::close);
    }
  }
}
