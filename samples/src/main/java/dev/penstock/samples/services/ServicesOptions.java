package dev.penstock.samples.services;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Options of the {@code services} command. */
public interface ServicesOptions extends PipelineOptions {

  @Description("Folder for the services' data, logs and process numbers.")
  @Flag(section = "Services", example = "/tmp/services")
  @Default.String(".penstock/services")
  String getDataDir();

  void setDataDir(String folder);

  @Description("With down: delete the data and logs of the services as well.")
  @Flag(section = "Services", example = "true")
  @Default.Boolean(false)
  boolean isDeleteData();

  void setDeleteData(boolean deleteData);

  @Description("Port of the Kafka broker.")
  @Flag(section = "Services", example = "19092")
  @Default.Integer(9092)
  int getKafkaPort();

  void setKafkaPort(int port);

  @Description("Port at which the Kafka broker finds its controller, in the same process.")
  @Flag(section = "Services", example = "19093")
  @Default.Integer(9093)
  int getKafkaControllerPort();

  void setKafkaControllerPort(int port);

  @Description("Port of the PostgreSQL server whose changes are captured.")
  @Flag(section = "Services", example = "15432")
  @Default.Integer(5432)
  int getPostgresPort();

  void setPostgresPort(int port);

  @Description("Port of the PostgreSQL server that is the warehouse.")
  @Flag(section = "Services", example = "15433")
  @Default.Integer(5433)
  int getWarehousePort();

  void setWarehousePort(int port);

  @Description("Port of Kafka Connect's REST interface.")
  @Flag(section = "Services", example = "18083")
  @Default.Integer(8083)
  int getConnectPort();

  void setConnectPort(int port);

  @Description("Port of the local BigQuery endpoint, for REST and gRPC.")
  @Flag(section = "Services", example = "9060")
  @Default.Integer(9050)
  int getBigQueryPort();

  void setBigQueryPort(int port);

  @Description("Port of the local gs:// endpoint.")
  @Flag(section = "Services", example = "4444")
  @Default.Integer(4443)
  int getGcsPort();

  void setGcsPort(int port);
}
