package dev.penstock.benchmarks.bigquery;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.util.List;

/**
 * The table of the shop's events: the contract's columns, without those that Penstock adds.
 *
 * @param client of the REST interface
 * @param project where the dataset is
 * @param dataset where the table is
 */
record EventTable(Bigquery client, String project, String dataset) {
  private static final String NAME = "shop_events";
  private static final String REQUIRED = "REQUIRED";
  private static final String NULLABLE = "NULLABLE";

  /** A load job is answered when it is done by the local endpoint, which takes its time. */
  private static final int READ_TIMEOUT = 600_000;

  /** Creates dataset and table. */
  static EventTable create(String endpoint, String project, String dataset) throws IOException {
    Bigquery client =
        new Bigquery.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                request -> request.setReadTimeout(READ_TIMEOUT))
            .setApplicationName("plain-java")
            .setRootUrl(endpoint + "/")
            .build();
    EventTable table = new EventTable(client, project, dataset);
    Dataset createdDataset =
        client
            .datasets()
            .insert(
                project,
                new Dataset()
                    .setDatasetReference(
                        new DatasetReference().setProjectId(project).setDatasetId(dataset)))
            .execute();
    Table created =
        client
            .tables()
            .insert(
                project,
                createdDataset.getDatasetReference().getDatasetId(),
                new Table().setTableReference(table.reference()).setSchema(schema()))
            .execute();
    System.out.println("created " + created.getTableReference());
    return table;
  }

  /** How REST names it. */
  TableReference reference() {
    return new TableReference().setProjectId(project).setDatasetId(dataset).setTableId(NAME);
  }

  /** How the Storage Write API names it. */
  String resource() {
    return "projects/" + project + "/datasets/" + dataset + "/tables/" + NAME;
  }

  private static TableSchema schema() {
    return new TableSchema()
        .setFields(
            List.of(
                column("event_time", "TIMESTAMP", REQUIRED),
                column("event_type", "STRING", REQUIRED),
                column("product_id", "STRING", REQUIRED),
                column("category_id", "STRING", NULLABLE),
                column("category_code", "STRING", NULLABLE),
                column("brand", "STRING", NULLABLE),
                column("price", "NUMERIC", NULLABLE).setPrecision(12L).setScale(2L),
                column("user_id", "STRING", REQUIRED),
                column("user_session", "STRING", NULLABLE)));
  }

  private static TableFieldSchema column(String name, String type, String mode) {
    return new TableFieldSchema().setName(name).setType(type).setMode(mode);
  }
}
