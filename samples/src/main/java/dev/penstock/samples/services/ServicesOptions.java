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
