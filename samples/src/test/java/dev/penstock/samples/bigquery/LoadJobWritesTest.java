package dev.penstock.samples.bigquery;

import dev.penstock.io.bigquery.BigQueryMethod;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Load jobs keep every promise of a destination. */
@RunWith(JUnit4.class)
public final class LoadJobWritesTest extends BigQueryWriteModes {
  @Override
  protected BigQueryMethod method() {
    return BigQueryMethod.LOAD;
  }
}
