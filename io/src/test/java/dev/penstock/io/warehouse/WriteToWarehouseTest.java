package dev.penstock.io.warehouse;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** A destination is picked by its URI. */
@RunWith(JUnit4.class)
public final class WriteToWarehouseTest {

  @Test
  public void anUnknownUriSaysWhichAreKnown() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> WriteToWarehouse.to("snowflake://me:hunter2@host/db"));

    assertEquals(
        "No warehouse is known by 'snowflake:…'. Use jdbc:duckdb:<file> or"
            + " jdbc:postgresql://<host>:<port>/<database>",
        refused.getMessage());
  }

  @Test
  public void aDestinationOfDeadLettersIsNeverEmpty() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> WriteDeadLetters.to(" "));

    assertEquals(
        "The destination of dead letters is empty. Give a folder, or jdbc:…", refused.getMessage());
  }
}
