package dev.penstock.transforms.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.apache.beam.sdk.util.SerializableUtils;

/** Whatever bytes a contract has, it is read, and then sound, or refused with problems. */
public final class ContractFuzzTarget {
  private ContractFuzzTarget() {}

  /** Loads the classes, so that the first input is not taken for one that hangs. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput("schema: [{name: t, properties: [{name: a}]}]".getBytes(UTF_8));
  }

  /** Reads one document. */
  public static void fuzzerTestOneInput(byte[] document) {
    DataContract contract;
    try {
      contract = read(document);
    } catch (ContractException e) {
      refused(e);
      return;
    }
    DataContract again = read(document);
    same(contract, again);
    same(contract.hashCode(), again.hashCode());
    same(contract.rowSchema(), again.rowSchema());
    same(contract, SerializableUtils.clone(contract));
    same(contract.fields().size() + 1, contract.rowSchema().getFieldCount());
    same(contract.fields().size(), contract.profiledFields().size());
    same(false, contract.summary().isEmpty());
    for (RowRule rule : contract.rowRules()) {
      same(true, contract.compile(rule.expression()) != null);
    }
  }

  private static DataContract read(byte[] document) {
    return DataContract.parse(ContractSource.decode(document, "f"), "f");
  }

  private static void refused(ContractException e) {
    same(false, e.problems().isEmpty());
    same(String.join("\n", e.problems()), String.valueOf(e.getMessage()));
    for (String problem : e.problems()) {
      // Each is one line of text, or the problems could not be told apart.
      if (!problem.startsWith("f:") || problem.lines().count() != 1) {
        throw new AssertionError("A strange problem: " + problem, e);
      }
    }
  }

  private static void same(Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("Expected " + expected + " but found " + actual);
    }
  }
}
