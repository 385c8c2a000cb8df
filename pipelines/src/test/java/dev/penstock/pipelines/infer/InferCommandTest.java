package dev.penstock.pipelines.infer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class InferCommandTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String err = "";
  private String out = "";

  private int call(String... args) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int exit =
        Penstock.run(
            Terminal.of(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                false,
                100),
            args);
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return exit;
  }

  private Path file(String name, String text, Charset charset) throws IOException {
    return Files.write(folder.getRoot().toPath().resolve(name), text.getBytes(charset));
  }

  private String infer(String name, String text, Charset charset, String... flags)
      throws IOException {
    String[] args = new String[flags.length + 2];
    args[0] = "infer";
    args[1] = "--input=" + file(name, text, charset);
    System.arraycopy(flags, 0, args, 2, flags.length);
    assertEquals(err, 0, call(args));
    return out;
  }

  private DataContract inferred(String text) throws IOException {
    return DataContract.parse(infer("sample.csv", text, StandardCharsets.UTF_8), "inferred");
  }

  private static String orders() {
    StringBuilder text =
        new StringBuilder(
            "id,Order Date,amount,status,e-mail,zip,paid,shipped at,\"tags \"\"x\"\"\",seen,empty\n");
    for (int i = 1; i <= 60; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%02d.03.2026,%d.%02d,%s,a%d@example.com,0%d,%s,2026-03-%02d 10:00:0%d,\"a, \"\"b%d\"\"\",%s,%n",
              i,
              1 + i % 28,
              i * 7,
              i,
              i % 3 == 0 ? "open" : "done",
              i,
              1000 + i % 7,
              i % 2 == 0 ? "yes" : "no",
              1 + i % 28,
              i % 10,
              i % 4,
              i % 5 == 0 ? "" : "2026-03-01T00:00:00Z"));
    }
    return text.toString().replace("\r", "");
  }

  @Test
  public void theContractSaysWhatWasSeen() throws IOException {
    assertEquals(
        """
        # A first contract for orders.csv, guessed by 'penstock infer' from its 60 records.
        # Each guess has its evidence above it. Read them through; you know what is meant.
        apiVersion: v3.1.0
        kind: DataContract
        id: orders
        version: 0.1.0
        status: draft
        schema:
          - name: orders
            properties:
              # 60 of 60 records have a value; from 1 to 60; no value twice; such as '1', '2', '3'
              # Called like a key and no value occurs twice: remove primaryKey if it is none.
              - name: id
                logicalType: integer
                physicalType: INTEGER
                primaryKey: true
                required: true
              # 60 of 60 records have a value; written as dd.MM.yyyy; such as '02.03.2026', '03.03.2026', '04.03.2026'
              - name: order_date
                logicalType: date
                required: true
                logicalTypeOptions:
                  format: "dd.MM.yyyy"
                customProperties:
                  - property: aliases
                    value: ["Order Date"]
              # 60 of 60 records have a value; from 7.01 to 420.60; up to 3 digits before the point and 2 after; no value twice; such as '7.01', '14.02', '21.03'
              - name: amount
                logicalType: number
                physicalType: DECIMAL(12,2)
                required: true
              # 60 of 60 records have a value; 2 different values only: remove the rule if there can be others; 4 characters
              - name: status
                logicalType: string
                required: true
                quality:
                  - metric: invalidValues
                    mustBe: 0
                    arguments:
                      validValues:
                        - done
                        - open
              # 60 of 60 records have a value; all values are of the format email; 14 to 15 characters; no value twice
              - name: e_mail
                logicalType: string
                required: true
                classification: confidential # looks personal: values stay out of messages
                logicalTypeOptions:
                  format: email
                  maxLength: 50
                customProperties:
                  - property: aliases
                    value: [e-mail]
              # 60 of 60 records have a value; digits with zeros in front: a code, not a number; 5 characters; such as '01001', '01002', '01003'
              - name: zip
                logicalType: string
                required: true
                logicalTypeOptions:
                  pattern: '^[0-9]+$'
                  maxLength: 10
              # 60 of 60 records have a value; values 'no', 'yes'
              - name: paid
                logicalType: boolean
                required: true
              # 60 of 60 records have a value; written as ISO 8601; no time zone is written; when you know it, put 'defaultTimezone' for 'timezone'; no value twice; such as '2026-03-02 10:00:01', '2026-03-03 10:00:02', '2026-03-04 10:00:03'
              - name: shipped_at
                logicalType: timestamp
                required: true
                logicalTypeOptions:
                  timezone: false
                customProperties:
                  - property: aliases
                    value: ["shipped at"]
              # 60 of 60 records have a value; 4 different values only: remove the rule if there can be others; 7 characters
              - name: tags_x
                logicalType: string
                required: true
                quality:
                  - metric: invalidValues
                    mustBe: 0
                    arguments:
                      validValues:
                        - "a, \\"b0\\""
                        - "a, \\"b1\\""
                        - "a, \\"b2\\""
                        - "a, \\"b3\\""
                customProperties:
                  - property: aliases
                    value: ["tags \\"x\\""]
              # 12 of 60 records have no value; written as ISO 8601; such as '2026-03-01T00:00:00Z'
              - name: seen
                logicalType: timestamp
              # 60 of 60 records have no value; no value seen: check the type
              - name: empty
                logicalType: string
        """,
        infer("orders.csv", orders(), StandardCharsets.UTF_8));
  }

  @Test
  public void aFewRecordsThatAreNotUtf8AreFaultsAndDoNotMakeTheFileAnother() throws IOException {
    StringBuilder csv = new StringBuilder("id,town\n1,K\u00E4ln\n");
    for (int i = 2; i <= 100; i++) {
      csv.append(i).append(",K\u00F6ln\n");
    }
    // The first record's letter as windows-1252 has it, all others as UTF-8.
    byte[] mixed =
        new String(csv.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            .replace("\u00C3\u00A4", "\u00E4")
            .getBytes(StandardCharsets.ISO_8859_1);
    String text =
        infer(
            "towns.csv",
            new String(mixed, StandardCharsets.ISO_8859_1),
            StandardCharsets.ISO_8859_1);

    assertFalse(text, text.contains("windows-1252"));
    assertTrue(text, text.contains("- \"K\u00F6ln\""));
  }

  @Test
  public void layoutsAreGuessedAndSaid() throws IOException {
    String german = "Größe;Preis\n1;1.234,50\n2;0,99\n3;7,10\n";
    String text = infer("preise.csv", german, Charset.forName("windows-1252"));

    assertTrue(text, text.contains("# Byte 2 is not UTF-8, so this seems to be windows-1252"));
    assertTrue(
        text,
        text.contains("# The delimiter seems to be ';': 4 of the first 4 records have 2 fields"));
    assertTrue(
        text, text.contains("# Load the file with --delimiter=semicolon --charset=windows-1252"));
    assertTrue(text, text.contains("looks like numbers with a decimal comma"));
    DataContract contract = DataContract.parse(text, "inferred");
    assertEquals(List.of("grosse", "Größe"), contract.fields().get(0).sourceNames());

    String tabs = infer("tabs.csv", "\uFEFFa\tb\n1\t2,5\n", StandardCharsets.UTF_16LE);
    assertTrue(tabs, tabs.contains("# Load the file with --delimiter=tab --charset=UTF-16LE"));
    assertEquals(
        List.of("column_1", "column_2"),
        DataContract.parse(
                infer("plain.csv", "1,2\n3,x\n", StandardCharsets.UTF_8, "--header=false"),
                "inferred")
            .fields()
            .stream()
            .map(ContractField::name)
            .toList());
  }

  @Test
  public void theSampleNeedNotBeReadWhole() throws IOException {
    String text = infer("orders.csv", orders(), StandardCharsets.UTF_8, "--sampleRecords=10");

    assertTrue(
        text,
        text.startsWith(
            "# A first contract for orders.csv, guessed by 'penstock infer' from its first 10 records."));
  }

  @Test
  public void compressedFilesAreReadAndContractsAreWritten() throws IOException {
    Path input = folder.getRoot().toPath().resolve("o.csv.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(input))) {
      gzip.write(orders().getBytes(StandardCharsets.UTF_8));
    }
    Path output = folder.getRoot().toPath().resolve("o.yaml");

    assertEquals(0, call("infer", "--input=" + input, "--output=" + output, "--id=my orders"));

    assertEquals("The contract is in " + output + "; read it through.\n", out);
    DataContract contract = DataContract.load(output.toString());
    assertEquals("my orders", contract.id());
    assertEquals("my_orders", contract.tableName());
    assertProblem(
        "exists; remove it, or choose another name",
        "infer",
        "--input=" + input,
        "--output=" + output);
  }

  @Test
  public void guessesDoNotGoBeyondTheEvidence() throws IOException {
    DataContract contract =
        inferred(
            """
            code,number,when,both,mixed,big,huge,exp
            007,1,20260131,03/04/2026,1,3000000000,12345678901234567890,1e3
            012,-2.50,20260228,05/06/2026,x,1,1,-2.5E-2
            """);

    assertEquals(
        List.of(
            "code string",
            "number number DECIMAL(12,2)",
            "when date",
            "both date",
            "mixed string",
            "big integer BIGINT",
            "huge number DECIMAL(23,0)",
            "exp number DECIMAL(13,3)"),
        contract.fields().stream()
            .map(
                field ->
                    field.name()
                        + " "
                        + field.logicalType().keyword()
                        + field.physicalType().map(type -> " " + type).orElse(""))
            .toList());
    assertEquals("dd/MM/yyyy", contract.fields().get(3).format());
    assertTrue(out, out.contains("CHECK: no day is above 12, so it could be the month"));
  }

  @Test
  public void columnsThatCannotBeFieldsAreLeftOutAndNamed() throws IOException {
    DataContract contract = inferred("a,,b,b,A,a b,a_b\n1,2,3,4,5,6,7\n");

    assertEquals(
        List.of(List.of("a_2", "a"), List.of("A_3", "A"), List.of("a_b_2", "a b"), List.of("a_b")),
        contract.fields().stream().map(ContractField::sourceNames).toList());
    assertTrue(out, out.contains("# Left out: column 2, which has no name."));
    assertTrue(out, out.contains("# Left out: column 4, since another one is called 'b'."));
  }

  private void assertProblem(String problem, String... args) {
    assertEquals(2, call(args));
    assertTrue(err, err.replaceAll("\\s+", " ").contains(problem));
  }

  @Test
  public void mistakesComeWithTheWayOut() throws IOException {
    Path empty = file("empty.csv", "", StandardCharsets.UTF_8);
    Path data = file("data.csv", "1,2026-01-01\n2,2026-01-02\n", StandardCharsets.UTF_8);
    Path broken = file("broken.csv", "a,b\nx\"y,1\n", StandardCharsets.UTF_8);

    assertProblem(
        "does not exist", "infer", "--input=" + folder.getRoot().toPath().resolve("nowhere.csv"));
    assertProblem("--input", "infer");
    assertProblem(
        "empty.csv has no header, because it is empty; check --input", "infer", "--input=" + empty);
    assertProblem(
        "data.csv begins with '1': its first record looks like data, not like the names of columns."
            + " With --header=false the fields are called column_1, column_2 and so on",
        "infer",
        "--input=" + data);
    assertProblem(
        "broken.csv has no record that is well-formed CSV: A quote in field 1",
        "infer",
        "--input=" + broken);
    assertProblem(
        "matches 3 files; name one of them", "infer", "--input=" + folder.getRoot() + "/*.csv");
    assertProblem(
        "--delimiter=xx: 'xx' is not one character", "infer", "--input=" + data, "--delimiter=xx");
    assertProblem(
        "--sampleRecords=-1 must be 1 or more, or 0",
        "infer",
        "--input=" + data,
        "--sampleRecords=-1");
  }
}
