package dev.penstock.benchmarks.bigquery;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file of JSON lines, and one load job that reads it. */
final class LoadJobSink implements EventSink {
  private static final long POLL_MILLIS = 200;

  private final EventTable table;
  private final Path file;
  private final JsonGenerator json;

  private LoadJobSink(EventTable table, Path file, JsonGenerator json) {
    this.table = table;
    this.file = file;
    this.json = json;
  }

  static EventSink to(EventTable table, Path file) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    return new LoadJobSink(table, file, json);
  }

  @Override
  public void write(ShopEvent event) throws IOException {
    json.writeStartObject();
    json.writeStringField("event_time", event.time().toString());
    json.writeStringField("event_type", event.type());
    json.writeStringField("product_id", event.product());
    writeUnlessNull("category_id", event.categoryId());
    writeUnlessNull("category_code", event.categoryCode());
    writeUnlessNull("brand", event.brand());
    writeUnlessNull("price", event.price());
    json.writeStringField("user_id", event.user());
    writeUnlessNull("user_session", event.session());
    json.writeEndObject();
  }

  private void writeUnlessNull(String name, @Nullable Object value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    json.close();
    String id = "plain-" + UUID.randomUUID();
    Job job =
        table
            .client()
            .jobs()
            .insert(
                table.project(),
                new Job()
                    .setJobReference(new JobReference().setProjectId(table.project()).setJobId(id))
                    .setConfiguration(
                        new JobConfiguration()
                            .setLoad(
                                new JobConfigurationLoad()
                                    .setSourceUris(List.of(file.toString()))
                                    .setSourceFormat("NEWLINE_DELIMITED_JSON")
                                    .setWriteDisposition("WRITE_APPEND")
                                    .setDestinationTable(table.reference()))))
            .execute();
    while (!job.getStatus().getState().equals("DONE")) {
      Thread.sleep(POLL_MILLIS);
      job = table.client().jobs().get(table.project(), id).execute();
    }
    if (job.getStatus().getErrorResult() != null) {
      throw new IOException("Load job " + id + " failed: " + job.getStatus().getErrorResult());
    }
  }
}
