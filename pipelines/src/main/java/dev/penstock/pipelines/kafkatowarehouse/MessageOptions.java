package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options that say where the schemas of messages in Avro come from. */
public interface MessageOptions extends PipelineOptions {

  @Flag(section = "Input", example = "http://localhost:8081", whenAbsent = "that of --avroSchema")
  @Description(
      "Schema registry for messages in Avro, which begin with the number of their schema there "
          + "(Confluent's framing).")
  @Nullable String getSchemaRegistry();

  void setSchemaRegistry(@Nullable String url);

  @Flag(
      section = "Input",
      example = "/run/secrets/registry",
      whenAbsent = "the environment variable PENSTOCK_REGISTRY_CREDENTIALS, else none",
      names = Flag.Names.FILE_TO_READ)
  @Description("File with user:password for the schema registry.")
  @Nullable String getRegistryCredentials();

  void setRegistryCredentials(@Nullable String file);

  @Flag(
      section = "Input",
      example = "orders.avsc",
      whenAbsent = "those of --schemaRegistry",
      names = Flag.Names.FILE_TO_READ)
  @Description("File with the one schema of all messages in Avro, which are without any framing.")
  @Nullable String getAvroSchema();

  void setAvroSchema(@Nullable String file);
}
