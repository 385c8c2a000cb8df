package dev.penstock.pipelines.csvtowarehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A contract and a small file of loans in a folder, and a look at what was stored. */
final class Loans {
  static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: loans
      version: 1.2.0
      status: active
      schema:
        - name: loans
          logicalType: object
          properties:
            - name: loan_id
              logicalType: integer
              primaryKey: true
              required: true
            - name: amount
              logicalType: number
              physicalType: DECIMAL(10,2)
              required: true
              logicalTypeOptions:
                minimum: 0
            - name: status
              logicalType: string
              required: true
      """;

  /** Four good records, one of them over two lines, and three bad ones. */
  static final String CSV =
      """
      loan_id,amount,status
      1,10.50,funded
      2,-1.00,funded
      3,99.99,"two
      lines"
      x,5.00,funded
      5,7.00,"stray"quote
      6,8.25,expired
      7,0.00,funded
      """;

  private final Path folder;

  private Loans(Path folder) {
    this.folder = folder;
  }

  static Loans in(Path folder) throws IOException {
    Loans loans = new Loans(folder);
    Files.writeString(loans.path("loans.yaml"), CONTRACT);
    Files.writeString(loans.path("loans.csv"), CSV);
    return loans;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String duckDb() {
    return "jdbc:duckdb:" + path("loans.duckdb");
  }

  /** The command with contract, input and DuckDB destination, and these flags. */
  CommandCall load(String... more) {
    return loadTo(duckDb(), more);
  }

  /** The command with contract, input, this destination, and these flags. */
  CommandCall loadTo(String url, String... more) {
    List<String> args = new ArrayList<>(flags());
    args.add("--to=" + url);
    args.addAll(List.of(more));
    return CommandCall.of(args.toArray(new String[0]));
  }

  /** The command with contract and input. */
  List<String> flags() {
    return List.of(
        "csv-to-warehouse", "--contract=" + path("loans.yaml"), "--input=" + path("loans.csv"));
  }

  static List<String> query(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        texts.add(String.join("|", values));
      }
      return texts;
    }
  }
}
