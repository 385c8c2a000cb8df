package dev.penstock.samples.sql;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of SQL of the samples: the same one that a person runs by {@code psql -f}.
 *
 * <pre>{@code
 * SqlFile.of("orders-warehouse.sql").run(connection);
 * for (SqlFile.Titled query : SqlFile.of("orders-queries.sql").statements()) {
 *   System.out.println(query.title());
 * }
 * }</pre>
 *
 * <p>A statement ends with a semicolon at the end of a line; the comment right above it is its
 * title. A comment with an empty line below it is about the whole file.
 */
public final class SqlFile {
  private static final String COMMENT = "-- ";

  private final String name;
  private final String text;

  /**
   * A statement with the line above it.
   *
   * @param title what it does or asks
   * @param sql the statement, without its semicolon
   */
  public record Titled(String title, String sql) {}

  private SqlFile(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** The file of a name. */
  public static SqlFile of(String name) {
    try (InputStream in = SqlFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("The samples have no file of SQL called " + name);
      }
      return new SqlFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in file " + name, e);
    }
  }

  /** Its statements, in order. */
  public List<Titled> statements() {
    List<Titled> statements = new ArrayList<>();
    StringBuilder title = new StringBuilder();
    StringBuilder sql = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(COMMENT)) {
        title.append(title.isEmpty() ? "" : " ").append(line.substring(COMMENT.length()));
      } else if (line.isBlank()) {
        title.setLength(0);
      } else if (line.endsWith(";")) {
        sql.append(line, 0, line.length() - 1);
        statements.add(new Titled(title.toString(), sql.toString()));
        title.setLength(0);
        sql.setLength(0);
      } else {
        sql.append(line).append('\n');
      }
    }
    return statements;
  }

  /** Runs its statements, one after the other. */
  public void run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Titled titled : statements()) {
        var unused = statement.execute(titled.sql());
      }
    }
  }

  /** Puts a copy into a folder, and gives its name. */
  @CanIgnoreReturnValue
  public Path copyTo(Path folder) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
