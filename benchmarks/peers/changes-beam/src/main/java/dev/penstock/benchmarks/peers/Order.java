package dev.penstock.benchmarks.peers;

import java.math.BigDecimal;
import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A version of an order; of a deleted one the key alone. */
@DefaultSchema(JavaFieldSchema.class)
public class Order {
  public long id;
  public long version;
  public boolean deleted;
  public @Nullable Integer customer;
  public @Nullable String product;
  public @Nullable BigDecimal amount;
  public @Nullable String status;
  public @Nullable Long created;
  public @Nullable Long updated;
}
