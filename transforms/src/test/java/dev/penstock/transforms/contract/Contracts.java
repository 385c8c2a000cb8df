package dev.penstock.transforms.contract;

import static org.junit.Assert.assertThrows;

import java.util.List;

/** Short ways to write contracts in tests. */
final class Contracts {
  static final String HEAD = "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\n";

  /** Lines before the first property. */
  static final int LINES_BEFORE = 7;

  private Contracts() {}

  /** A document of one table with these properties, each line of which is indented here. */
  static String table(String... propertyLines) {
    StringBuilder text = new StringBuilder(HEAD).append("schema:\n- name: t\n  properties:\n");
    for (String line : propertyLines) {
      text.append("  ").append(line).append('\n');
    }
    return text.toString();
  }

  static DataContract parse(String... propertyLines) {
    return DataContract.parse(table(propertyLines), "t.yaml");
  }

  /** The field of a document of one property, named f. */
  static ContractField field(String... propertyLines) {
    return parse(property(propertyLines)).field("f").orElseThrow();
  }

  /** The rules of a document of one property, named f. */
  static List<Rule> rules(String... propertyLines) {
    return parse(property(propertyLines)).rules();
  }

  /** The quality checks of a document of one property, named f. */
  static List<QualityCheck> checks(String... propertyLines) {
    return parse(property(propertyLines)).qualityChecks();
  }

  /** The problems of a document of one property, named f. */
  static List<String> problems(String... propertyLines) {
    return problemsOf(table(property(propertyLines)));
  }

  static List<String> problemsOf(String text) {
    return assertThrows(ContractException.class, () -> DataContract.parse(text, "t.yaml"))
        .problems();
  }

  private static String[] property(String... lines) {
    String[] property = new String[lines.length + 1];
    property[0] = "- name: f";
    for (int i = 0; i < lines.length; i++) {
      property[i + 1] = "  " + lines[i];
    }
    return property;
  }
}
