package dev.penstock.io.jdbc;

import dev.penstock.transforms.deadletter.DeadLetter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Marks the dead letters of a bundle as repaired, in one transaction. */
final class MarkLettersFn extends DoFn<DeadLetter, DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final ConnectionSettings settings;
  private final TablePreparation preparation;
  private final String runId;
  private transient Databases.@Nullable Shared shared;
  private transient @Nullable Retries retries;
  private transient @Nullable List<UUID> waiting;

  MarkLettersFn(ConnectionSettings settings, TablePreparation preparation, String runId) {
    this.settings = settings;
    this.preparation = preparation;
    this.runId = runId;
  }

  @Setup
  public void setup() {
    try {
      Databases.Shared opened = Databases.acquire(settings);
      shared = opened;
      TableLayout unused = opened.prepare(preparation);
      retries = new Retries(settings, preparation.wanted().name(), Thread::sleep);
    } catch (SQLException e) {
      teardown();
      throw Destinations.unusable(settings, e);
    } catch (RuntimeException e) {
      teardown();
      throw e;
    }
  }

  @StartBundle
  public void startBundle() {
    waiting = new ArrayList<>();
  }

  @ProcessElement
  public void process(@Element DeadLetter letter, OutputReceiver<DeadLetter> out) {
    Objects.requireNonNull(waiting).add(letter.id());
    out.output(letter);
  }

  @FinishBundle
  public void finishBundle() {
    List<UUID> ids = Objects.requireNonNull(waiting);
    if (ids.isEmpty()) {
      return;
    }
    try {
      int unused = Objects.requireNonNull(retries).run(() -> mark(ids));
    } catch (SQLException e) {
      throw Destinations.unusable(settings, e);
    }
    waiting = new ArrayList<>();
  }

  private int mark(List<UUID> ids) throws SQLException {
    Database database = Objects.requireNonNull(shared).database();
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    database.lock().lock();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE "
                  + preparation.wanted().name().sql()
                  + " SET repaired_by = CASE WHEN repaired_at IS NULL THEN ? ELSE repaired_by END,"
                  + " repaired_at = coalesce(repaired_at, ?) WHERE id = ?")) {
        for (UUID id : ids) {
          update.setObject(1, UUID.fromString(runId));
          update.setObject(2, now);
          update.setObject(3, id);
          update.addBatch();
        }
        int marked = update.executeBatch().length;
        connection.commit();
        return marked;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } finally {
      database.lock().unlock();
    }
  }

  @Teardown
  public void teardown() {
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }
}
