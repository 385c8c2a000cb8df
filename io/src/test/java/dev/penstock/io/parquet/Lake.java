package dev.penstock.io.parquet;

import dev.penstock.io.warehouse.TableText;
import dev.penstock.transforms.contract.DataContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of Parquet files, as DuckDB reads it. */
record Lake(Path folder) {

  WriteToParquet write(DataContract contract) {
    return WriteToParquet.to("parquet:" + folder).withContract(contract);
  }

  /** The rows of a query in which {@code $lake} stands for all files of the table. */
  List<String> query(String table, String sql) throws SQLException {
    String files =
        "read_parquet('" + folder.resolve(table) + "/**/*.parquet', hive_partitioning = true)";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return TableText.of(connection, sql.replace("$lake", files));
    }
  }

  /** Every file with its bytes as text, to be compared. */
  Map<String, String> bytes() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Path file : all()) {
      files.put(
          folder.relativize(file).toString(),
          java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
    }
    return files;
  }

  /** The names of all files, whatever they are. */
  List<String> names() throws IOException {
    return all().stream().map(file -> folder.relativize(file).toString()).sorted().toList();
  }

  private List<Path> all() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toList());
    }
  }
}
