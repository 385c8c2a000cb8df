package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.pipelines.csvtowarehouse.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A contract of orders in a folder, and command lines that name it; no Kafka is there. */
record Orders(Path folder) {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: orders
      version: 1.0.0
      status: active
      schema:
        - name: orders
          logicalType: object
          properties:
            - name: order_id
              logicalType: integer
              primaryKey: true
              required: true
            - name: amount
              logicalType: number
              physicalType: DECIMAL(10,2)
            - name: updated_at
              logicalType: timestamp
      """;

  static Orders in(Path folder) throws IOException {
    Orders orders = new Orders(folder);
    Files.writeString(orders.path("orders.yaml"), CONTRACT);
    return orders;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** A plan of a run with servers that are not there, and these flags besides. */
  CommandCall plan(String... flags) {
    return call(List.of("plan", "kafka-to-warehouse"), flags);
  }

  /** Such a run. */
  CommandCall stream(String... flags) {
    return call(List.of("kafka-to-warehouse"), flags);
  }

  private CommandCall call(List<String> command, String... flags) {
    List<String> words = new ArrayList<>(command);
    words.add("--contract=" + path("orders.yaml"));
    words.add("--bootstrapServers=127.0.0.1:1");
    words.addAll(Arrays.asList(flags));
    return CommandCall.of(words.toArray(new String[0]));
  }
}
