package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of {@code penstock reconcile}: those of the stream, whose command it is given. */
public interface ReconcileOptions extends KafkaToWarehouseOptions {

  @Flag(section = "Account", example = "5000")
  @Description(
      "Records at the ends of the partitions that may still be on their way, while the stream runs.")
  @Default.Long(0)
  long getMaxLag();

  void setMaxLag(long records);
}
