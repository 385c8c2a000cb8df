package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.WriteMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** What every destination promises; each database runs it as a subclass. */
public abstract class WarehouseContract {

  /** A transform that writes to a fresh, empty database of this test. */
  abstract WriteToJdbc writer();

  /** A connection for looking into the database. */
  abstract Connection connection() throws SQLException;

  @Test
  public void appendTwiceLeavesTheTableUnchanged() throws SQLException {
    writingTwiceLeavesTheTableUnchanged(WriteMode.APPEND, 500);
  }

  @Test
  public void historyTwiceLeavesTheTableUnchanged() throws SQLException {
    writingTwiceLeavesTheTableUnchanged(WriteMode.HISTORY, 37 * 11);
  }

  private void writingTwiceLeavesTheTableUnchanged(WriteMode mode, int stored) throws SQLException {
    WriteToJdbc write = loans(mode);

    Load first = Load.of(write, Loans.changes(500, 1));
    List<String> before = rows("loans");
    Load second = Load.of(write, Loans.changes(500, 2));

    assertEquals(stored, before.size());
    assertEquals(before, rows("loans"));
    assertEquals(500, first.ledger().written());
    assertEquals(0, first.ledger().duplicate());
    assertEquals(0, second.ledger().written());
    assertEquals(500, second.ledger().duplicate());
    assertEquals(500, second.accepted().size());
    assertEquals(List.of(), second.deadLetters());
  }

  @Test
  public void upsertTwiceLeavesTheTableUnchanged() throws SQLException {
    WriteToJdbc write = loans(WriteMode.UPSERT);

    Load first = Load.of(write, Loans.changes(500, 1));
    List<String> before = rows("loans");
    Load second = Load.of(write, Loans.changes(500, 2));

    assertEquals(37, before.size());
    assertEquals(before, rows("loans"));
    assertEquals(500, first.ledger().written());
    assertEquals(500, second.ledger().written());
  }

  WriteToJdbc loans(WriteMode mode) {
    WriteToJdbc write = writer().withContract(Loans.CONTRACT).withMode(mode).withBatchRows(64);
    return mode == WriteMode.APPEND ? write : write.withVersionField("version");
  }

  /** All rows of a table as sorted text, without the run that wrote them. */
  List<String> rows(String table) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData meta = rows.getMetaData();
      while (rows.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          if (!meta.getColumnName(i).equals(Bookkeeping.RUN)) {
            text.append(meta.getColumnName(i)).append('=').append(rows.getObject(i)).append("; ");
          }
        }
        found.add(text.toString());
      }
    }
    found.sort(null);
    return found;
  }
}
