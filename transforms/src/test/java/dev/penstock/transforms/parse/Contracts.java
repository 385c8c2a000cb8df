package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.DataContract;
import java.util.List;

/** Contracts for tests, from the properties that matter to them. */
final class Contracts {
  private Contracts() {}

  /** A contract of these properties, each in YAML flow style. */
  static DataContract of(String... properties) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: test-contract
            version: 1.2.0
            status: active
            schema:
              - name: things
                properties:
            """);
    for (String property : List.of(properties)) {
      text.append("      - {").append(property).append("}\n");
    }
    return DataContract.parse(text.toString(), "test.odcs.yaml");
  }
}
