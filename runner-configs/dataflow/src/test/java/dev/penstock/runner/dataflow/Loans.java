package dev.penstock.runner.dataflow;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.model.pipeline.v1.RunnerApi;

/** A contract and a small file of loans in a folder, and the flags that load them on the fake. */
final class Loans {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: loans
      version: 1.0.0
      status: active
      schema:
        - name: loans
          logicalType: object
          properties:
            - name: loan_id
              logicalType: integer
              primaryKey: true
              required: true
              quality:
                - {metric: duplicateValues, mustBe: 0}
            - name: amount
              logicalType: number
              physicalType: DECIMAL(10,2)
          quality:
            - {metric: rowCount, mustBeGreaterThan: 0}
      """;

  /** One call of the command line, with what it printed. */
  record Call(int exitCode, String out, String err) {}

  private final Path folder;
  private final NoAccount account;

  private Loans(Path folder, NoAccount account) {
    this.folder = folder;
    this.account = account;
  }

  static Loans in(Path folder) throws IOException {
    Loans loans = new Loans(folder, NoAccount.in(folder));
    Files.writeString(loans.path("loans.yaml"), CONTRACT);
    Files.writeString(loans.path("loans.csv"), "loan_id,amount\n1,10.50\n2,20.00\nx,1.00\n");
    return loans;
  }

  /** What Beam's runner has staged. */
  RunnerApi.Pipeline takeStaged() throws IOException {
    return account.takeStaged();
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  List<String> input() {
    return List.of("--contract=" + path("loans.yaml"), "--input=" + path("loans.csv"));
  }

  /** Contract and a topic of a cluster that is not there. */
  List<String> topic() {
    return List.of(
        "--contract=" + path("loans.yaml"), "--bootstrapServers=127.0.0.1:1", "--topic=loans");
  }

  /** Contract, input and a destination of files. */
  List<String> flags() {
    List<String> flags = new ArrayList<>(input());
    flags.add("--to=parquet:" + path("lake"));
    return flags;
  }

  /** What a run on the fake needs beside these: no account, and folders here instead of buckets. */
  List<String> dataflow(FakeDataflow fake) {
    List<String> flags = new ArrayList<>(withoutAccount());
    flags.add("--apiRootUrl=" + fake.rootUrl());
    return flags;
  }

  List<String> withoutAccount() {
    return account.flags();
  }

  /** What stands in for an account and for buckets, beside flags that a user would give. */
  List<String> standIns(FakeDataflow fake) {
    List<String> flags = new ArrayList<>(local());
    flags.add("--apiRootUrl=" + fake.rootUrl());
    return flags;
  }

  List<String> local() {
    return account.local();
  }

  Call load(FakeDataflow fake, String... more) {
    List<String> words = new ArrayList<>(flags());
    words.addAll(dataflow(fake));
    words.addAll(List.of(more));
    return call("csv-to-warehouse", words);
  }

  static Call call(String command, List<String> flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(flags);
    Terminal terminal = Terminal.of(stream(out), stream(err), false, 100);
    int exitCode = Penstock.run(terminal, words.toArray(new String[0]));
    return new Call(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
