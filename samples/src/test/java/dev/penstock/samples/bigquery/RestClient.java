package dev.penstock.samples.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.QueryResponse;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Assert;
import org.junit.function.ThrowingRunnable;

/** Google's own REST client, with the few calls that the tests make often. */
final class RestClient {
  static final String PROJECT = "my-project";
  static final String DATASET = "shop";

  final Bigquery api;

  private RestClient(Bigquery api) {
    this.api = api;
  }

  static RestClient of(LocalBigQuery endpoint) {
    HttpRequestInitializer none = request -> {};
    return new RestClient(
        new Bigquery.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), none)
            .setRootUrl(endpoint.endpoint() + "/")
            .setApplicationName("penstock-test")
            .build());
  }

  @CanIgnoreReturnValue
  RestClient withDataset() throws IOException {
    Dataset dataset =
        new Dataset().setDatasetReference(new DatasetReference().setDatasetId(DATASET));
    api.datasets().insert(PROJECT, dataset).execute();
    return this;
  }

  static TableReference reference(String table) {
    return new TableReference().setProjectId(PROJECT).setDatasetId(DATASET).setTableId(table);
  }

  /** A schema from texts such as {@code "id INTEGER REQUIRED"}. */
  static TableSchema schema(String... columns) {
    return new TableSchema()
        .setFields(Arrays.stream(columns).map(RestClient::field).collect(Collectors.toList()));
  }

  private static TableFieldSchema field(String column) {
    String[] words = column.split(" ");
    return new TableFieldSchema()
        .setName(words[0])
        .setType(words[1])
        .setMode(words.length > 2 ? words[2] : "NULLABLE");
  }

  @CanIgnoreReturnValue
  Table createTable(String name, String... columns) throws IOException {
    return createTable(new Table().setTableReference(reference(name)).setSchema(schema(columns)));
  }

  @CanIgnoreReturnValue
  Table createTable(Table table) throws IOException {
    return api.tables().insert(PROJECT, DATASET, table).execute();
  }

  Table table(String name) throws IOException {
    return api.tables().get(PROJECT, DATASET, name).execute();
  }

  static JobConfigurationLoad jsonLoad(String table, Path... files) {
    return new JobConfigurationLoad()
        .setDestinationTable(reference(table))
        .setSourceFormat("NEWLINE_DELIMITED_JSON")
        .setSourceUris(Arrays.stream(files).map(Path::toString).collect(Collectors.toList()));
  }

  @CanIgnoreReturnValue
  Job load(String id, JobConfigurationLoad load) throws IOException {
    return insert(id, new JobConfiguration().setLoad(load));
  }

  @CanIgnoreReturnValue
  Job insert(String id, JobConfiguration configuration) throws IOException {
    Job job =
        new Job()
            .setJobReference(new JobReference().setProjectId(PROJECT).setJobId(id))
            .setConfiguration(configuration);
    api.jobs().insert(PROJECT, job).execute();
    return api.jobs().get(PROJECT, id).execute();
  }

  @CanIgnoreReturnValue
  QueryResponse query(String sql) throws IOException {
    QueryRequest request = new QueryRequest().setQuery(sql).setUseLegacySql(false);
    return api.jobs().query(PROJECT, request).execute();
  }

  /** The rows of a query's answer as texts. */
  List<List<Object>> rows(String sql) throws IOException {
    return query(sql).getRows().stream()
        .map(row -> row.getF().stream().map(cell -> cell.getV()).collect(Collectors.toList()))
        .collect(Collectors.toList());
  }

  static Path file(Path folder, String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  /** The error that a call must end with, as {@code code reason: message}. */
  static String refusal(ThrowingRunnable call) {
    GoogleJsonResponseException e = Assert.assertThrows(GoogleJsonResponseException.class, call);
    return e.getStatusCode()
        + " "
        + e.getDetails().getErrors().get(0).getReason()
        + ": "
        + e.getDetails().getMessage();
  }
}
