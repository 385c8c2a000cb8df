package dev.penstock.io.warehouse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** A contract with every type, and rows with the ends of their ranges. */
public final class EveryType {
  public static final DataContract CONTRACT =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: types
          version: 1.0.0
          status: active
          schema:
            - name: types
              properties:
                - {name: k, logicalType: integer, primaryKey: true, required: true}
                - {name: text, logicalType: string, physicalType: VARCHAR(40)}
                - {name: small, logicalType: integer, physicalType: SMALLINT}
                - {name: big, logicalType: integer}
                - {name: exact, logicalType: number, physicalType: "DECIMAL(38,10)"}
                - {name: loose, logicalType: number}
                - {name: ratio, logicalType: number, physicalType: DOUBLE}
                - {name: flag, logicalType: boolean}
                - {name: day, logicalType: date}
                - {name: clock, logicalType: time}
                - {name: moment, logicalType: timestamp}
                - {name: local, logicalType: timestamp, physicalType: TIMESTAMP, logicalTypeOptions: {timezone: false}}
                - name: place
                  logicalType: object
                  properties:
                    - {name: town, logicalType: string}
                    - {name: m2, logicalType: number}
                    - {name: since, logicalType: date}
                - name: tags
                  logicalType: array
                  items: {logicalType: string}
          """,
          "types.yaml");

  private EveryType() {}

  public static List<Row> rows() {
    return List.of(
        row(1, new Object[13]),
        row(
            2,
            "ü😀 \\ \" ' , \n",
            (long) Short.MIN_VALUE,
            Long.MIN_VALUE,
            new BigDecimal("-9999999999999999999999999999.9999999999"),
            new BigDecimal("-12345678901234567890.000000001"),
            -Double.MAX_VALUE,
            false,
            LocalDate.of(-4711, 1, 1),
            LocalTime.MIDNIGHT,
            Instant.parse("-4711-01-01T00:00:00.000001Z"),
            Instant.parse("0000-12-31T23:59:59.999999Z"),
            place("Łódź \"\\\" \n\u0001", new BigDecimal("0.10"), LocalDate.of(2024, 2, 29)),
            Arrays.asList("a,b", null, "", "{\"x\"}", "😀")),
        row(
            3,
            "",
            (long) Short.MAX_VALUE,
            Long.MAX_VALUE,
            new BigDecimal("0.0000000001"),
            new BigDecimal("1E+3"),
            Double.MIN_VALUE,
            true,
            LocalDate.of(9999, 12, 31),
            LocalTime.parse("23:59:59.999999"),
            Instant.parse("+20000-06-30T12:34:56.789012Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            place(null, null, null),
            List.of()),
        row(4, null, null, null, null, null, Double.NaN, null, null, null, null, null, null, null),
        row(
            5,
            null,
            null,
            null,
            null,
            null,
            Double.NEGATIVE_INFINITY,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private static Row place(
      @Nullable String town, @Nullable BigDecimal area, @Nullable LocalDate since) {
    Schema schema = CONTRACT.field("place").orElseThrow().fieldType().getRowSchema();
    return Row.withSchema(schema).addValues(town, area, since).build();
  }

  private static Row row(long key, @Nullable Object... values) {
    Row.Builder row = Row.withSchema(CONTRACT.rowSchema()).addValue(key);
    for (Object value : values) {
      row.addValue(value);
    }
    return row.addValue(
            Loans.row("/in/types.csv", key, key, 0, null, null).getRow(SourceRecord.FIELD))
        .build();
  }

  /** The stored rows, the same on every database. */
  public static List<String> stored() {
    return List.of(
        "k=1; text=null; small=null; big=null; exact=null; loose=null; ratio=null; flag=null;"
            + " day=null; clock=null; moment=null; local=null; place=null; tags=null",
        "k=2; text=ü😀 \\ \" ' , \n; small=-32768; big=-9223372036854775808;"
            + " exact=-9999999999999999999999999999.9999999999;"
            + " loose=-12345678901234567890.000000001; ratio=-1.7976931348623157E308; flag=false;"
            + " day=-4711-01-01; clock=00:00; moment=-4711-01-01T00:00:00.000001Z;"
            + " local=0000-12-31T23:59:59.999999;"
            + " place={\"m2\": 0.10, \"town\": \"Łódź \\\"\\\\\\\" \\n\\u0001\", \"since\":"
            + " \"2024-02-29\"}; tags=[\"a,b\", null, \"\", \"{\\\"x\\\"}\", \"😀\"]",
        "k=3; text=; small=32767; big=9223372036854775807; exact=0.0000000001; loose=1000;"
            + " ratio=4.9E-324; flag=true; day=9999-12-31; clock=23:59:59.999999;"
            + " moment=+20000-06-30T12:34:56.789012Z; local=1969-12-31T23:59:59.999999;"
            + " place={\"m2\": null, \"town\": null, \"since\": null}; tags=[]",
        "k=4; text=null; small=null; big=null; exact=null; loose=null; ratio=NaN; flag=null;"
            + " day=null; clock=null; moment=null; local=null; place=null; tags=null",
        "k=5; text=null; small=null; big=null; exact=null; loose=null; ratio=-Infinity; flag=null;"
            + " day=null; clock=null; moment=null; local=null; place=null; tags=null");
  }
}
