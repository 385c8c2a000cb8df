package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Avro files go the same way as CSV: rows, dead letters, replays, parts and plan. */
public class AvroToWarehouseTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "loan", "fields": [
                {"name": "loan_id", "type": "long"},
                {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal",
                  "precision": 12, "scale": 2}},
                {"name": "status", "type": ["null", "string"]},
                {"name": "more", "type": "double"}]}
              """);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void setUp() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
    write(
        "loans.avro",
        List.of(loan(1, 1050, "funded"), loan(2, -100, "funded"), loan(3, 9999, null)));
  }

  private static GenericRecord loan(long id, long cents, @Nullable String status) {
    GenericRecord loan = new GenericData.Record(SCHEMA);
    loan.put("loan_id", id);
    loan.put("amount", ByteBuffer.wrap(java.math.BigInteger.valueOf(cents).toByteArray()));
    loan.put("status", status);
    loan.put("more", 0.5);
    return loan;
  }

  private void write(String name, List<GenericRecord> records) throws Exception {
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      out.setSyncInterval(64);
      out.create(SCHEMA, loans.path(name).toFile());
      for (GenericRecord record : records) {
        out.append(record);
      }
    }
  }

  private CommandCall call(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.add("--contract=" + loans.path("loans.yaml"));
    args.add("--to=" + loans.duckDb());
    args.addAll(List.of(more));
    return CommandCall.of(args.toArray(new String[0]));
  }

  @Test
  public void rowsReachTheTableAndDeadLettersHoldTheRecordAsJson() throws Exception {
    for (int run = 0; run < 2; run++) {
      CommandCall call = call("csv-to-warehouse", "--input=" + loans.path("loans.avro"));
      assertEquals(call.err(), 0, call.exitCode());
      assertEquals(
          List.of("1|10.50|funded"),
          Loans.query(loans.duckDb(), "SELECT loan_id, amount, status FROM loans"));
      assertEquals(
          List.of(
              "2|ValidateRows|{\"loan_id\":2,\"amount\":-1.00,\"status\":\"funded\",\"more\":0.5}",
              "3|ValidateRows|{\"loan_id\":3,\"amount\":99.99,\"status\":null,\"more\":0.5}"),
          Loans.query(
              loans.duckDb(),
              "SELECT record_number, step, decode(payload) FROM penstock_dead_letters"
                  + " ORDER BY record_number"));
    }
  }

  @Test
  public void partsOfALargeFileGiveWhatTheWholeGives() throws Exception {
    List<GenericRecord> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(loan(i, i, "a"));
    }
    write("many.avro", many);
    CommandCall call =
        call("csv-to-warehouse", "--input=" + loans.path("many.avro"), "--splitSize=1000");
    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of("500|1247.50|0|499"),
        Loans.query(
            loans.duckDb(), "SELECT count(*), sum(amount), min(loan_id), max(loan_id) FROM loans"));
  }

  @Test
  public void thePlanKnowsTheFormat() {
    CommandCall plan = call("plan csv-to-warehouse", "--input=" + loans.path("loans.avro"));
    assertEquals(plan.err(), 0, plan.exitCode());
    assertThat(plan.out(), containsString("Avro files by their own schema"));
    assertThat(plan.out(), containsString("ReadAvro → ParseJson → ValidateRows"));
    assertThat(plan.out(), containsString("(LoadAvro)"));
  }
}
