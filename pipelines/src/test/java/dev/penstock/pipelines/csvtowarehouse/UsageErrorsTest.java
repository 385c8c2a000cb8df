package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the user can put right is one clear message, exit code 2, and nothing was written. */
public class UsageErrorsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void setUp() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  private void refused(CommandCall call, String... texts) {
    assertEquals(call.err(), 2, call.exitCode());
    for (String text : texts) {
      assertThat(call.err(), containsString(text));
    }
    assertThat(call.err(), allOf(not(containsString("\tat ")), not(containsString("Exception"))));
    assertEquals("", call.out());
    assertFalse(Files.exists(loans.path("loans.duckdb")));
  }

  private CommandCall load(String contract, String input, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "csv-to-warehouse";
    args[1] = "--contract=" + loans.path(contract);
    args[2] = "--input=" + loans.path(input);
    System.arraycopy(more, 0, args, 3, more.length);
    return CommandCall.of(args);
  }

  private String to() {
    return "--to=" + loans.duckDb();
  }

  @Test
  public void aMissingFile() {
    refused(load("loans.yaml", "missing.csv", to()), "missing.csv", "--input");
  }

  @Test
  public void aGlobThatMatchesNothing() {
    refused(load("loans.yaml", "none-*.csv", to()), "none-*.csv", "--input");
  }

  @Test
  public void anUnknownFlag() {
    refused(load("loans.yaml", "loans.csv", to(), "--tabel=x"), "--tabel", "--table");
  }

  @Test
  public void aContractThatIsNotThere() {
    refused(load("missing.yaml", "loans.csv", to()), "missing.yaml");
  }

  @Test
  public void aContractThatCannotBeRead() throws Exception {
    Files.writeString(
        loans.path("bad.yaml"),
        Loans.CONTRACT.replace("logicalType: number", "logicalType: money"));
    refused(load("bad.yaml", "loans.csv", to()), "bad.yaml:", "money", "number");
  }

  @Test
  public void aFileThatDoesNotFitTheContract() throws Exception {
    Files.writeString(loans.path("other.csv"), "loan_id,amuont,status\n1,2,3\n");
    refused(load("loans.yaml", "other.csv", to()), "other.csv", "amount", "amuont");
  }

  @Test
  public void anExtraColumnWhereThatIsForbidden() throws Exception {
    Files.writeString(loans.path("wide.csv"), "loan_id,amount,status,colour\n1,2,x,red\n");
    refused(load("loans.yaml", "wide.csv", to(), "--extraColumns=fail"), "colour");
  }

  @Test
  public void anUnreachableDatabase() {
    refused(
        load("loans.yaml", "loans.csv", "--to=jdbc:postgresql://127.0.0.1:1/x?user=me"),
        "127.0.0.1:1");
  }

  @Test
  public void anUnknownHost() {
    refused(
        load("loans.yaml", "loans.csv", "--to=jdbc:postgresql://no-such-host.invalid/x?user=me"),
        "no-such-host.invalid");
  }

  @Test
  public void aDestinationOfAnUnknownKind() {
    refused(
        load("loans.yaml", "loans.csv", "--to=mysql://localhost/x"),
        "--to",
        "jdbc:duckdb:",
        "jdbc:postgresql:");
  }

  @Test
  public void aPasswordInTheUri() {
    CommandCall call =
        load("loans.yaml", "loans.csv", "--to=jdbc:postgresql://h/x?user=me&password=hunter2");
    refused(call, "password");
    assertThat(call.err(), not(containsString("hunter2")));
  }

  @Test
  public void anUnknownRunner() {
    refused(
        load("loans.yaml", "loans.csv", to(), "--runner=SparkRunner"),
        "--runner=SparkRunner",
        "DirectRunner");
  }

  @Test
  public void upsertWithoutAPrimaryKey() throws Exception {
    Files.writeString(
        loans.path("keyless.yaml"), Loans.CONTRACT.replace("primaryKey: true", "unique: false"));
    refused(load("keyless.yaml", "loans.csv", to(), "--mode=upsert"), "primaryKey");
  }

  @Test
  public void aVersionFieldInAppendMode() {
    refused(load("loans.yaml", "loans.csv", to(), "--versionField=amount"), "--versionField");
  }

  @Test
  public void aVersionFieldThatTheContractDoesNotHave() {
    refused(
        load("loans.yaml", "loans.csv", to(), "--versionField=updated", "--mode=upsert"),
        "updated");
  }
}
