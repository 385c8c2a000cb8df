package dev.penstock.samples.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.junit.Test;

public final class SqlFileTest {
  @Test
  public void aFileIsItsStatementsWithTheLinesAboveThem() {
    List<SqlFile.Titled> statements = SqlFile.of("orders-source.sql").statements();

    assertEquals(
        List.of("Orders", "Updates and deletes tell the whole row as it was"),
        statements.stream().map(SqlFile.Titled::title).toList());
    assertThat(statements.get(0).sql(), startsWith("CREATE TABLE IF NOT EXISTS orders (\n"));
    assertThat(statements.get(0).sql(), endsWith("updated_at timestamp\n)"));
    assertEquals("ALTER TABLE orders REPLICA IDENTITY FULL", statements.get(1).sql());
  }

  @Test
  public void aFileThatIsNotThereIsNamed() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SqlFile.of("none.sql"));
    assertEquals("The samples have no file of SQL called none.sql", refused.getMessage());
  }
}
