package dev.penstock.io.parquet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.io.warehouse.EveryType;
import dev.penstock.io.warehouse.Load;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Every value is stored exactly, as DuckDB reads it back, or refused. */
@RunWith(JUnit4.class)
public final class ParquetTypesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake = new Lake(java.nio.file.Path.of("unset"));

  @Before
  public void setUp() {
    lake = new Lake(folder.getRoot().toPath().resolve("lake"));
  }

  @Test
  public void everyTypeIsReadBackExactly() throws Exception {
    Load load = Load.of(lake.write(EveryType.CONTRACT), EveryType.rows());

    assertEquals(List.of(), load.deadLetters());
    assertEquals(5, load.ledger().written());
    List<String> flat =
        EveryType.stored().stream().map(row -> row.substring(0, row.indexOf("; place="))).toList();
    assertEquals(
        flat,
        lake.query(
            "types",
            "SELECT * EXCLUDE (place, tags, _penstock_source, _penstock_offset, _penstock_number) FROM $lake"));
    assertEquals(
        List.of(
            "k=1; town=null; m2=null; since=null; noplace=true; tags=null",
            "k=2; town=Łódź \"\\\" \n\u0001; m2=0.1; since=2024-02-29; noplace=false;"
                + " tags=[\"a,b\",null,\"\",\"{\\\"x\\\"}\",\"😀\"]",
            "k=3; town=null; m2=null; since=null; noplace=false; tags=[]",
            "k=4; town=null; m2=null; since=null; noplace=true; tags=null",
            "k=5; town=null; m2=null; since=null; noplace=true; tags=null"),
        lake.query(
            "types",
            "SELECT k, place.town AS town, place.m2 AS m2, place.since AS since,"
                + " place IS NULL AS noplace, to_json(tags)::VARCHAR AS tags FROM $lake"));
  }

  @Test
  public void typesAndPositionsAreTheContracts() throws Exception {
    Load.of(lake.write(EveryType.CONTRACT), EveryType.rows());

    assertEquals(
        "k BIGINT, text VARCHAR, small SMALLINT, big BIGINT, exact DECIMAL(38,10),"
            + " loose DECIMAL(38,9), ratio DOUBLE, flag BOOLEAN, day DATE, clock TIME,"
            + " moment TIMESTAMP WITH TIME ZONE, local TIMESTAMP,"
            + " place STRUCT(town VARCHAR, m2 DECIMAL(38,9), since DATE), tags VARCHAR[],"
            + " _penstock_source VARCHAR, _penstock_offset BIGINT, _penstock_number BIGINT",
        lake.query(
                "types",
                "SELECT string_agg(column_name || ' ' || column_type, ', ') AS t"
                    + " FROM (DESCRIBE SELECT * FROM $lake)")
            .get(0)
            .substring(2));
    assertEquals(
        List.of("_penstock_source=/in/types.csv; _penstock_offset=1; _penstock_number=2"),
        lake.query("types", "SELECT COLUMNS('_penstock.*') FROM $lake WHERE k = 1"));
    assertEquals(
        List.of(
            "key=penstock.contract.id; value=types", "key=penstock.contract.version; value=1.0.0"),
        lake.query(
            "types",
            "SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('"
                + lake.folder()
                + "/types/*.parquet')"));
  }

  @Test
  public void decimalsOfEveryWidthKeepTheirEnds() throws Exception {
    StringBuilder properties = new StringBuilder();
    List<@Nullable Object> most = new ArrayList<>();
    List<@Nullable Object> least = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    StringBuilder negative = new StringBuilder();
    for (int digits : new int[] {1, 9, 10, 18, 19, 28, 38}) {
      properties
          .append("      - {name: d")
          .append(digits)
          .append(", logicalType: number, physicalType: \"DECIMAL(")
          .append(digits)
          .append(",1)\"}\n");
      BigDecimal value = new BigDecimal(BigInteger.TEN.pow(digits).subtract(BigInteger.ONE), 1);
      most.add(value);
      least.add(value.negate());
      expected.append("; d").append(digits).append('=').append(value.toPlainString());
      negative.append("; d").append(digits).append("=-").append(value.toPlainString());
    }
    DataContract contract = contract(properties.toString());
    Load load =
        Load.of(
            lake.write(contract),
            List.of(row(contract, 1, most.toArray()), row(contract, 2, least.toArray())));

    assertEquals(List.of(), load.deadLetters());
    assertEquals(
        List.of("k=1" + expected, "k=2" + negative),
        lake.query(
            "t",
            "SELECT * EXCLUDE (_penstock_source, _penstock_offset, _penstock_number) FROM $lake"));
  }

  @Test
  public void nestedListsAndObjectsAreReadBack() throws Exception {
    DataContract contract =
        contract(
            """
                  - name: orders
                    logicalType: array
                    items:
                      name: order
                      logicalType: object
                      properties:
                        - {name: nr, logicalType: integer, required: true}
                        - name: lines
                          logicalType: array
                          items: {logicalType: number, physicalType: "DECIMAL(9,2)"}
            """);
    Schema orders =
        contract
            .field("orders")
            .orElseThrow()
            .fieldType()
            .getCollectionElementType()
            .getRowSchema();
    Row full =
        Row.withSchema(orders)
            .addValues(7L, Arrays.asList(new BigDecimal("1.5"), null, new BigDecimal("2")))
            .build();
    Row bare = Row.withSchema(orders).addValues(8L, List.of()).build();
    Row lineless = Row.withSchema(orders).addValues(9L, null).build();

    Load.of(
        lake.write(contract),
        List.of(
            row(contract, 1, Arrays.asList(full, null, bare, lineless)),
            row(contract, 2, List.of()),
            row(contract, 3, new Object[] {null})));

    assertEquals(
        List.of(
            "k=1; orders=[{\"nr\":7,\"lines\":[1.5,null,2.0]},null,{\"nr\":8,\"lines\":[]},"
                + "{\"nr\":9,\"lines\":null}]",
            "k=2; orders=[]",
            "k=3; orders=null"),
        lake.query("t", "SELECT k, to_json(orders)::VARCHAR AS orders FROM $lake"));
  }

  @Test
  public void whatCannotBeStoredExactlyIsADeadLetter() throws Exception {
    DataContract contract =
        contract(
            """
                  - {name: price, logicalType: number, physicalType: "DECIMAL(5,2)"}
                  - {name: loose, logicalType: number}
                  - {name: small, logicalType: integer, physicalType: SMALLINT}
                  - {name: note, logicalType: string}
                  - {name: at, logicalType: timestamp}
                  - {name: day, logicalType: date}
                  - {name: must, logicalType: string, required: true}
            """);
    Object[] good = {
      new BigDecimal("999.990"), null, -32768L, "a?b", Instant.EPOCH, LocalDate.EPOCH, "x"
    };
    List<Row> rows = new ArrayList<>();
    rows.add(row(contract, 0, good));
    rows.add(row(contract, 1, with(good, 0, new BigDecimal("1000"))));
    rows.add(row(contract, 2, with(good, 0, new BigDecimal("0.001"))));
    rows.add(row(contract, 3, with(good, 1, new BigDecimal("1E-10"))));
    rows.add(row(contract, 4, with(good, 2, 32768L)));
    rows.add(row(contract, 7, with(good, 4, Instant.ofEpochSecond(9_300_000_000_000L))));
    rows.add(row(contract, 8, with(good, 5, LocalDate.MAX)));
    rows.add(row(contract, 9, with(good, 6, null)));

    Load load = Load.of(lake.write(contract), rows);

    assertEquals(List.of("k=0"), lake.query("t", "SELECT k FROM $lake"));
    List<String> reasons = new ArrayList<>();
    for (DeadLetter letter : load.deadLetters()) {
      assertEquals("WriteToWarehouse", letter.step());
      assertEquals("t", letter.contractId());
      for (Reason reason : letter.reasons()) {
        reasons.add(
            letter.record().position().offset()
                + " "
                + reason.code()
                + " "
                + reason.field()
                + ": "
                + reason.message());
      }
    }
    assertEquals(
        List.of(
            "1 SQLSTATE_22003 price: Field 'price' has too many digits before the point for"
                + " DECIMAL(5,2)",
            "2 SQLSTATE_22003 price: Field 'price' has too many digits after the point for"
                + " DECIMAL(5,2)",
            "3 SQLSTATE_22003 loose: Field 'loose' has too many digits after the point for"
                + " DECIMAL(38,9); give the field a physicalType such as DECIMAL(38,18)",
            "4 SQLSTATE_22003 small: Field 'small' is out of range for 16 bits",
            "7 SQLSTATE_22008 at: Field 'at' lies beyond the timestamps that Parquet can hold",
            "8 SQLSTATE_22008 day: Field 'day' lies beyond the dates that Parquet can hold",
            "9 SQLSTATE_23502 must: Field 'must' is required and has no value"),
        reasons.stream().sorted().collect(Collectors.toList()));
    assertEquals(1, load.ledger().written());
    assertEquals(1, load.accepted().size());
  }

  @Test
  public void textsAreRefusedOnlyWhereHalfACharacterStands() throws Exception {
    TextLeaf leaf = new TextLeaf("note");
    for (String text : List.of("", "?", "a?b", "ü?", "😀?", "x".repeat(100), "y?".repeat(99))) {
      assertEquals(text, leaf.convert(text).toStringUsingUTF8());
      assertEquals(text, leaf.convert(text).toStringUsingUTF8());
    }
    for (String text : List.of("half \uD83D here", "\u00FC half \uDE00", "\uD83D", "?\uDE00?")) {
      Unstorable refused = assertThrows(Unstorable.class, () -> leaf.load(text));
      assertEquals("22021", refused.state());
      assertEquals("holds half a character (a surrogate)", refused.text());
    }
  }

  private static @Nullable Object[] with(
      @Nullable Object[] values, int index, @Nullable Object value) {
    @Nullable Object[] changed = values.clone();
    changed[index] = value;
    return changed;
  }

  private static DataContract contract(String properties) {
    return DataContract.parse(
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: t
        version: 1.0.0
        status: active
        schema:
          - name: t
            properties:
              - {name: k, logicalType: integer, required: true}
        """
            + properties,
        "t.yaml");
  }

  private static Row row(DataContract contract, long key, @Nullable Object... values) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(key);
    all.addAll(Arrays.asList(values));
    all.add(SourceRecord.of(Position.of("/in/t.csv", 1, key, key + 1), new byte[] {1}).toRow());
    return Row.withSchema(contract.rowSchema()).attachValues(all);
  }
}
