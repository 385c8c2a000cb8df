package dev.penstock.io.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the dead letters that are not repaired; changes nothing, the table's columns included. */
final class ReadLettersFn extends DoFn<byte[], DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final int FETCHED_AT_ONCE = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConnectionSettings settings;
  private final TableName table;

  ReadLettersFn(ConnectionSettings settings, TableName table) {
    this.settings = settings;
    this.table = table;
  }

  @ProcessElement
  public void process(OutputReceiver<DeadLetter> out) throws IOException {
    Databases.Shared shared = null;
    try {
      shared = Databases.acquire(settings);
      try (Connection connection = shared.database().connect()) {
        // Without it PostgreSQL sends the whole table at once.
        connection.setAutoCommit(false);
        List<String> columns = columns(connection);
        read(connection, columns, out);
        connection.rollback();
      }
    } catch (SQLException e) {
      throw Destinations.unusable(settings, e);
    } finally {
      if (shared != null) {
        shared.release();
      }
    }
  }

  private List<String> columns(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table.sql() + " WHERE 1 = 0")) {
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        names.add(none.getMetaData().getColumnName(i));
      }
    }
    return names;
  }

  private void read(Connection connection, List<String> columns, OutputReceiver<DeadLetter> out)
      throws SQLException, IOException {
    // Tables of an earlier version have not all columns.
    boolean marked = columns.contains(LetterLayout.REPAIRED_AT);
    boolean headed = columns.contains(LetterLayout.COLUMNS);
    // DuckDB 1.4 does not find values that were set back to null by IS NULL.
    boolean chosen = marked && settings.url().product() == JdbcUrl.Product.POSTGRESQL;
    String sql =
        "SELECT source, modified, byte_offset, record_number, payload, step, reasons, event_time,"
            + " attempt, contract_id, contract_version, "
            + (headed ? "columns, " : "NULL, ")
            + (marked ? "repaired_at" : "NULL")
            + " FROM "
            + table.sql()
            + (chosen ? " WHERE repaired_at IS NULL" : "");
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          if (found.getObject(13) == null) {
            out.output(letter(found));
          }
        }
      }
    }
  }

  private static DeadLetter letter(ResultSet found) throws SQLException, IOException {
    Position position =
        Position.of(found.getString(1), found.getLong(2), found.getLong(3), found.getLong(4));
    SourceRecord record = SourceRecord.of(position, found.getBytes(5), texts(found.getString(12)));
    DeadLetter letter =
        DeadLetter.of(record, found.getString(6), reasons(found.getString(7)))
            .withAttempt(Math.max(1, found.getInt(9)))
            .withContract(found.getString(10), found.getString(11));
    OffsetDateTime time = found.getObject(8, OffsetDateTime.class);
    return time == null
        ? letter
        : letter.withEventTime(Instant.ofEpochMilli(time.toInstant().toEpochMilli()));
  }

  private static List<String> texts(@Nullable String json) throws IOException {
    List<String> texts = new ArrayList<>();
    if (json != null) {
      JSON.readTree(json).forEach(text -> texts.add(text.asText()));
    }
    return texts;
  }

  private static List<Reason> reasons(String json) throws IOException {
    List<Reason> reasons = new ArrayList<>();
    for (JsonNode reason : JSON.readTree(json)) {
      reasons.add(
          Reason.of(
              reason.path("code").asText(),
              reason.path("field").asText(),
              reason.path("message").asText()));
    }
    return reasons;
  }
}
