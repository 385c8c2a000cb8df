package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;

import java.sql.SQLException;
import org.junit.Test;

public class DuckDbErrorsTest {

  @Test
  public void aFullDiskIsFinalAlsoWhereDuckDbCallsItAnErrorOfTheTransaction() {
    Failure failure =
        DuckDbErrors.failure(
            new SQLException(
                "TransactionContext Error: Failed to commit: Could not write file"
                    + " \"/data/x.duckdb.wal\": No space left on device"));
    assertEquals(Failure.Kind.FATAL, failure.kind());
    assertEquals("53100", failure.state());
  }

  @Test
  public void aConflictOfTransactionsIsTriedAgain() {
    Failure failure =
        DuckDbErrors.failure(
            new SQLException("TransactionContext Error: Conflict on update!\n\nLINE 1: x"));
    assertEquals(Failure.Kind.TRANSIENT, failure.kind());
    assertEquals("TransactionContext Error: Conflict on update!", failure.message());
  }
}
