package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options of the {@code generate} command. */
public interface GenerateOptions extends PipelineOptions {

  @Description("Records to generate; of orders, changes to make; of ico, messages.")
  @Flag(section = "Generate", example = "10000000")
  @Default.Long(10_000)
  long getRows();

  void setRows(long rows);

  @Description("The CSV file to write; one that is there is replaced. Of ico, a folder.")
  @Flag(section = "Files", example = "/tmp/events.csv", whenAbsent = "<what>.csv")
  @Nullable String getOutput();

  void setOutput(@Nullable String file);

  @Description("One bad record in each block of this many; 0 for none.")
  @Flag(section = "Files", example = "1000")
  @Default.Integer(100)
  int getOneBadIn();

  void setOneBadIn(int block);

  @Description("Another seed gives other records; the same one gives the same ones.")
  @Flag(section = "Generate", example = "7")
  @Default.Long(1)
  long getSeed();

  void setSeed(long seed);

  @Description("Goes on until it is stopped, whatever --rows says. For orders, and ico to Kafka.")
  @Flag(section = "Generate", example = "true")
  @Default.Boolean(false)
  boolean isUntilStopped();

  void setUntilStopped(boolean endless);

  @Description("The source database that has the orders; its table is made where needed.")
  @Flag(
      section = "Orders",
      example = "jdbc:postgresql://localhost:5432/source",
      whenAbsent = "needed for orders")
  @Nullable String getSource();

  void setSource(@Nullable String url);

  @Description("User of that database. The password is in PENSTOCK_PASSWORD or --passwordFile.")
  @Flag(section = "Orders", example = "penstock", whenAbsent = "the database's own default")
  @Nullable String getUser();

  void setUser(@Nullable String user);

  @Description("File with the password.")
  @Flag(section = "Orders", example = "password.txt", whenAbsent = "PENSTOCK_PASSWORD")
  @Nullable String getPasswordFile();

  void setPasswordFile(@Nullable String file);

  @Description("Columns of the orders: orders, customer-orders, order-events or product-orders.")
  @Flag(section = "Orders", example = "order-events")
  @Default.String("orders")
  String getShape();

  void setShape(String shape);

  @Description("Changes in a second, evenly spaced; 0 for as fast as the database commits them.")
  @Flag(section = "Orders", example = "200")
  @Default.Double(60)
  double getEventsPerSecond();

  void setEventsPerSecond(double events);

  @Description("Servers of the Kafka cluster to send to, host:port, several with commas.")
  @Flag(section = "Ico", example = "localhost:9092", whenAbsent = "files are written")
  @Nullable String getBootstrapServers();

  void setBootstrapServers(@Nullable String servers);

  @Description("Messages in a minute, evenly spaced; 0 for as fast as Kafka takes them.")
  @Flag(section = "Ico", example = "2000")
  @Default.Double(500)
  double getEventsPerMinute();

  void setEventsPerMinute(double events);

  @Description(
      "One event in this many has the address 'unknown', and another one no user; 0 for neither, and"
          + " for no message that is sent twice.")
  @Flag(section = "Ico", example = "100")
  @Default.Integer(20)
  int getFaultsOneIn();

  void setFaultsOneIn(int events);
}
