package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowKey;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.transforms.contract.WriteMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What COPY's binary form stores in a real PostgreSQL is what its text form stores. */
@RunWith(JUnit4.class)
public final class CopyBinaryIT {
  @ClassRule public static final PostgresServer SERVER = new PostgresServer();

  private static final int ROWS = 4_000;
  private static final Instant FIRST = Instant.parse("-4712-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("+294246-12-31T23:59:59.999999Z");

  private final String database = SERVER.createDatabase();
  private final PostgresDialect dialect = new PostgresDialect();

  private String url() {
    return SERVER.url(database, "postgres");
  }

  /** A table of these columns, each named after its place. */
  private TableLayout table(String name, ColumnKind[] kinds, String[] types) throws SQLException {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.bookkeeping("id", ColumnKind.INTEGER, "BIGINT", ""));
    for (int i = 0; i < kinds.length; i++) {
      columns.add(Column.bookkeeping("c" + i, kinds[i], types[i], "").optional());
    }
    TableLayout layout =
        new TableLayout(
            TableName.parse(name), columns, List.of("id"), null, RowKey.Conflict.IGNORE, "", null);
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : dialect.createTable(layout)) {
        statement.execute(sql);
      }
      return dialect.described(connection, layout);
    }
  }

  private void write(TableLayout layout, StagedRows rows) throws SQLException {
    var unused = dialect.write(PostgresDatabase.alone(ConnectionSettings.to(url())), layout, rows);
  }

  private List<String> query(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** Stores the same rows in both forms, and asserts that both tables are the same. */
  private void assertSame(ColumnKind[] kinds, String[] types, List<@Nullable Object[]> rows)
      throws Exception {
    TableLayout binary = table("binary_rows", kinds, types);
    TableLayout text = table("text_rows", kinds, types);
    assertTrue(CopyBinary.fits(binary.staged()));
    StagedRows binaryRows = dialect.staged(binary);
    StagedRows textRows = new CopyRows(new CopyText());
    for (Object[] row : rows) {
      binaryRows.add(row);
      textRows.add(row);
    }
    write(binary, binaryRows);
    write(text, textRows);

    assertEquals(List.of(Integer.toString(rows.size())), query("SELECT count(*) FROM text_rows"));
    // As text, so that 1.50 and 1.5 differ, and NaN and NaN do not.
    String differing =
        "SELECT b::text || ' is not ' || t::text FROM binary_rows b FULL JOIN text_rows t"
            + " USING (id) WHERE b::text IS DISTINCT FROM t::text";
    assertEquals(List.of(), query(differing));
  }

  @Test
  public void valuesOfEveryTypeAreStoredAsTheirTextIs() throws Exception {
    Random random = new Random(1);
    ColumnKind[] kinds = {
      ColumnKind.TEXT,
      ColumnKind.TEXT,
      ColumnKind.TEXT,
      ColumnKind.INTEGER,
      ColumnKind.INTEGER,
      ColumnKind.INTEGER,
      ColumnKind.INTEGER,
      ColumnKind.DECIMAL,
      ColumnKind.DOUBLE,
      ColumnKind.FLOAT,
      ColumnKind.BOOLEAN,
      ColumnKind.DATE,
      ColumnKind.TIME,
      ColumnKind.LOCAL_TIMESTAMP,
      ColumnKind.INSTANT,
      ColumnKind.JSON,
      ColumnKind.JSON,
      ColumnKind.JSON,
      ColumnKind.UUID,
      ColumnKind.BYTES,
      ColumnKind.TIME,
      ColumnKind.INSTANT
    };
    String[] types = {
      "TEXT",
      "VARCHAR(40)",
      "CHAR(40)",
      "BIGINT",
      "INTEGER",
      "SMALLINT",
      "NUMERIC(30,4)",
      "NUMERIC(38,9)",
      "DOUBLE PRECISION",
      "REAL",
      "BOOLEAN",
      "DATE",
      "TIME",
      "TIMESTAMP",
      "TIMESTAMPTZ",
      "JSONB",
      "JSON",
      "TEXT",
      "UUID",
      "BYTEA",
      "TIME(3)",
      "TIMESTAMPTZ(0)"
    };
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (long id = 0; id < ROWS; id++) {
      @Nullable Object[] row = new Object[kinds.length + 1];
      row[0] = id;
      for (int i = 0; i < kinds.length; i++) {
        row[i + 1] = random.nextInt(10) == 0 ? null : value(random, kinds[i], types[i]);
      }
      rows.add(row);
    }
    assertSame(kinds, types, rows);
  }

  private static Object value(Random random, ColumnKind kind, String type) {
    return switch (kind) {
      case TEXT -> text(random);
      case JSON -> "{\"a\": [" + random.nextInt() + ", \"é\\\\\\\"" + random.nextInt(9) + "\"]}";
      case INTEGER ->
          random.nextLong()
              >> (type.equals("SMALLINT") ? 48 : type.equals("INTEGER") ? 32 : random.nextInt(64));
      case DECIMAL -> new BigDecimal(new BigInteger(random.nextInt(96), random), 9).negate();
      case DOUBLE -> Double.longBitsToDouble(random.nextLong());
      case FLOAT -> Float.intBitsToFloat(random.nextInt());
      case BOOLEAN -> random.nextBoolean();
      case DATE -> LocalDate.ofEpochDay(day(random));
      case TIME -> LocalTime.ofNanoOfDay(1_000L * (random.nextInt() & Integer.MAX_VALUE) * 40);
      case LOCAL_TIMESTAMP, INSTANT -> instant(random);
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case BYTES -> text(random).getBytes(java.nio.charset.StandardCharsets.UTF_16);
    };
  }

  private static long day(Random random) {
    return random.nextBoolean() ? random.nextInt(40_000) - 10_000 : random.nextInt(1_000_000);
  }

  private static Instant instant(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> FIRST;
      case 1 -> LAST.minusMillis(random.nextInt(1_000_000));
      default ->
          Instant.ofEpochSecond(day(random) * 86_400 - 5, random.nextInt(1_000_000) * 1_000L);
    };
  }

  private static String text(Random random) {
    String[] parts = {"a", "\\", "\t", "\n", "\r", "é", "😀", "\\N", " ", "'", "\"", ","};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  @Test
  public void decimalsOfAnyLengthKeepTheirDigits() throws Exception {
    Random random = new Random(2);
    List<@Nullable Object[]> rows = new ArrayList<>();
    long id = 0;
    for (String digits :
        List.of(
            "0",
            "0.00",
            "1",
            "-1",
            "9999",
            "10000",
            "10001",
            "0.0001",
            "-0.00010",
            "1E+3",
            "-12E+40",
            "0E+5",
            "0E-12",
            "999999999999999999",
            "9999999999999999999",
            "0.999999999999999999",
            "1.0000000000000000",
            "12345678901234.5678",
            "0.1234567890123456",
            "0.12345678901234567",
            "-0.000000000000000000000001",
            "9".repeat(11_900),
            "0." + "0".repeat(11_000) + "1")) {
      rows.add(new Object[] {id++, new BigDecimal(digits)});
    }
    while (id < ROWS) {
      BigInteger unscaled = new BigInteger(random.nextInt(200), random);
      rows.add(
          new Object[] {
            id++,
            new BigDecimal(
                random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(50) - 5)
          });
    }
    assertSame(new ColumnKind[] {ColumnKind.DECIMAL}, new String[] {"NUMERIC"}, rows);
  }

  @Test
  public void whatTheFormHasNoRoomForIsRefusedByItsFieldAndLeavesNothingBehind() throws Exception {
    ColumnKind[] kinds = {ColumnKind.INTEGER, ColumnKind.INTEGER, ColumnKind.DECIMAL};
    TableLayout layout = table("small", kinds, new String[] {"INTEGER", "SMALLINT", "NUMERIC"});
    StagedRows rows = dialect.staged(layout);
    rows.add(new Object[] {1L, -2_147_483_648L, -32_768L, BigDecimal.ONE});

    assertRefused("c0 is out of range for integer", rows, 2_147_483_648L, 0L, "1");
    assertRefused("c1 is out of range for smallint", rows, 0L, -32_769L, "1");
    assertRefused("c2 has too many digits for NUMERIC", rows, 0L, 0L, "9".repeat(12_001));
    assertRefused("c2 has too many digits for NUMERIC", rows, 0L, 0L, "1E-20000");

    rows.add(new Object[] {2L, 2_147_483_647L, 32_767L, BigDecimal.TEN});
    assertEquals(2, rows.size());
    write(layout, rows);
    assertEquals(
        List.of("(1,-2147483648,-32768,1)", "(2,2147483647,32767,10)"),
        query("SELECT small::text FROM small ORDER BY id"));
  }

  private static void assertRefused(
      String expected, StagedRows rows, long first, long second, String third) {
    Unstorable refused =
        assertThrows(
            Unstorable.class,
            () -> rows.add(new Object[] {9L, first, second, new BigDecimal(third)}));
    assertEquals(expected, refused.field() + " " + refused.text());
    assertEquals(Unstorable.NUMBER, refused.state());
  }

  @Test
  public void aColumnThatGetsAnotherTypeOfTheSameLengthMeanwhileEndsTheWriting() throws Exception {
    TableLayout layout =
        table("moved", new ColumnKind[] {ColumnKind.INTEGER}, new String[] {"BIGINT"});
    StagedRows rows = dialect.staged(layout);
    rows.add(new Object[] {1L, 800_000_000_000_000L});
    SERVER.execute(database, "ALTER TABLE moved ALTER c0 TYPE timestamptz USING to_timestamp(c0)");

    DestinationException ended =
        assertThrows(DestinationException.class, () -> write(layout, rows));

    assertEquals(
        "Column \"c0\" of table moved got another type while rows were written. Run again: the new"
            + " type is looked at first, and no row is stored twice",
        ended.getMessage());
    assertEquals(List.of("0"), query("SELECT count(*) FROM moved"));
  }

  @Test
  public void theNextWriterGoesByTheNewTypeAlthoughOthersUseTheDatabaseOn() throws Exception {
    WriteToJdbc write =
        WriteToJdbc.to(url()).withContract(Loans.CONTRACT).withMode(WriteMode.APPEND);
    List<Row> after = List.of(Loans.row("/in/a.csv", 1, 2, 8, "2.50", "after"));
    Databases.Shared others = Databases.acquire(ConnectionSettings.to(url()));
    try {
      Load unused = Load.of(write, List.of(Loans.row("/in/a.csv", 0, 1, 7, "1.50", "before")));
      SERVER.execute(database, "ALTER TABLE loans ALTER version TYPE numeric(20,0)");

      RuntimeException ended = assertThrows(RuntimeException.class, () -> Load.of(write, after));
      String why = ended.toString();
      assertTrue(why, why.contains("\"version\" of table loans got another type"));
      assertEquals(1, Load.of(write, after).ledger().written());
    } finally {
      others.release();
    }
    assertEquals(
        List.of("1 7 before", "2 8 after"),
        query("SELECT concat_ws(' ', id, version, note) FROM loans ORDER BY id"));
  }

  @Test
  public void typesOfSomebodyElseAreWrittenAsText() throws Exception {
    SERVER.execute(database, "CREATE DOMAIN short AS TEXT CHECK (length(VALUE) < 5)");
    SERVER.execute(database, "CREATE TYPE mood AS ENUM ('glad', 'sad')");
    TableLayout layout =
        table(
            "own_types",
            new ColumnKind[] {ColumnKind.TEXT, ColumnKind.TEXT},
            new String[] {"short", "mood"});
    assertFalse(CopyBinary.fits(layout.staged()));
    StagedRows rows = dialect.staged(layout);
    rows.add(new Object[] {1L, "abc", "sad"});
    write(layout, rows);
    assertEquals(List.of("(1,abc,sad)"), query("SELECT own_types::text FROM own_types"));
  }

  @Test
  public void bytesThatAreNoValueAreNoFaultOfTheRow() {
    for (String state : List.of("22P03", "22P04")) {
      assertEquals(
          Failure.Kind.FATAL, PostgresErrors.failure(new SQLException("bytes", state)).kind());
    }
  }
}
