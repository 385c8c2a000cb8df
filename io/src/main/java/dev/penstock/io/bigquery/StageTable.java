package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableSchema;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.Bookkeeping;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The table in which a run's rows come together before they are merged. It has the columns of the
 * table that they are for, so that BigQuery refuses here what it would refuse there, and one more
 * that tells the parts of the sources apart. Its name is made from the run and the table, and it
 * vanishes by itself after a week, if nobody removes it before.
 */
final class StageTable {
  /** Which part of a source a row belongs to. */
  static final String PART = Bookkeeping.PREFIX + "part";

  private static final Duration LIFE = Duration.ofDays(7);

  private StageTable() {}

  static String name(TableRef ref, String runId) {
    return "penstock_stage_" + runId.replace("-", "") + "_" + digest(List.of(ref.table()));
  }

  static List<Column> columns(TableLayout layout) {
    List<Column> columns = new ArrayList<>(layout.columns());
    columns.add(Column.plain(PART, ColumnType.INTEGER, Mode.REQUIRED, ""));
    return columns;
  }

  static TableSchema schema(TableLayout layout) {
    return new TableSchema().setFields(columns(layout).stream().map(Column::schema).toList());
  }

  static Table table(TableRef stage, TableLayout layout, long now) {
    return new Table()
        .setTableReference(stage.reference())
        .setSchema(schema(layout))
        .setDescription("Rows on their way to " + layout.ref() + "; Penstock removes it")
        .setExpirationTime(now + LIFE.toMillis());
  }

  /** A number for a part of a source, the same in every attempt. */
  static long part(String source, long from) {
    return ByteBuffer.wrap(sha256(source + "\n" + from)).getLong() & Long.MAX_VALUE;
  }

  /** A short name for a list of texts. */
  static String digest(List<String> texts) {
    return HexFormat.of().formatHex(sha256(String.join("\n", texts)), 0, 8);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
