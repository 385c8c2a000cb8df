package dev.penstock.io.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import com.google.api.services.bigquery.model.TableRow;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.jspecify.annotations.Nullable;

/** The calls of BigQuery's REST interface that writing needs, each tried until it is answered. */
final class BigQueryApi {
  private static final int CONNECT_TIMEOUT = 20_000;
  private static final int READ_TIMEOUT = 120_000;

  private final Bigquery client;
  private final Patience patience;

  private BigQueryApi(Bigquery client, Patience patience) {
    this.client = client;
    this.patience = patience;
  }

  static BigQueryApi connect(GoogleSettings settings, Patience patience) {
    Credentials credentials = settings.credential();
    HttpRequestInitializer authorize =
        credentials == null ? request -> {} : new HttpCredentialsAdapter(credentials);
    Bigquery.Builder client =
        new Bigquery.Builder(
                Transport.getTransport(),
                Transport.getJsonFactory(),
                request -> {
                  authorize.initialize(request);
                  request.setConnectTimeout(CONNECT_TIMEOUT);
                  request.setReadTimeout(READ_TIMEOUT);
                  // The calls are repeated here, where it is known which of them may be.
                  request.setNumberOfRetries(0);
                })
            .setApplicationName("penstock");
    String endpoint = settings.endpoint();
    if (endpoint != null) {
      client.setRootUrl(endpoint + "/");
    }
    return new BigQueryApi(client.build(), patience);
  }

  Patience patience() {
    return patience;
  }

  Optional<Dataset> dataset(TableRef ref) throws ServiceException {
    return found(
        "Looking for dataset " + ref.dataset(),
        () -> client.datasets().get(ref.project(), ref.dataset()).execute());
  }

  /** Creates a dataset; that it is there already, perhaps by an attempt before, is as good. */
  void createDataset(TableRef ref, @Nullable String location) throws ServiceException {
    Dataset dataset =
        new Dataset()
            .setDatasetReference(
                new DatasetReference().setProjectId(ref.project()).setDatasetId(ref.dataset()));
    if (location != null) {
      dataset.setLocation(location);
    }
    orThere(
        "Creating dataset " + ref.dataset(),
        () -> client.datasets().insert(ref.project(), dataset).execute());
  }

  Optional<Table> table(TableRef ref) throws ServiceException {
    return found(
        "Looking for table " + ref,
        () -> client.tables().get(ref.project(), ref.dataset(), ref.table()).execute());
  }

  /** Creates a table; that it is there already, perhaps by another worker, is as good. */
  void createTable(TableRef ref, Table table) throws ServiceException {
    orThere(
        "Creating table " + ref,
        () -> client.tables().insert(ref.project(), ref.dataset(), table).execute());
  }

  void patchTable(TableRef ref, Table changes) throws ServiceException {
    Table unused =
        patience.call(
            "Changing table " + ref,
            () ->
                client
                    .tables()
                    .patch(ref.project(), ref.dataset(), ref.table(), changes)
                    .execute());
  }

  void deleteTable(TableRef ref) throws ServiceException {
    Optional<Void> unused =
        found(
            "Deleting table " + ref,
            () -> client.tables().delete(ref.project(), ref.dataset(), ref.table()).execute());
  }

  /** Inserts rows; those that BigQuery refuses are in the answer. */
  InsertAnswer insertAll(TableRef ref, InsertRequest rows) throws ServiceException {
    GenericUrl url =
        new GenericUrl(
            client.getBaseUrl()
                + "projects/"
                + ref.project()
                + "/datasets/"
                + ref.dataset()
                + "/tables/"
                + ref.table()
                + "/insertAll");
    return new InsertAnswer(
        patience.call(
            "Inserting into table " + ref,
            () -> {
              HttpRequest request =
                  client
                      .getRequestFactory()
                      .buildPostRequest(url, rows.content())
                      .setParser(client.getObjectParser())
                      .setThrowExceptionOnExecuteError(false);
              HttpResponse response = request.execute();
              if (!response.isSuccessStatusCode()) {
                throw GoogleJsonResponseException.from(client.getJsonFactory(), response);
              }
              return response.parseAs(TableDataInsertAllResponse.class);
            }));
  }

  /**
   * Runs a job to its end. A job of the same id that is there already, perhaps started by an
   * attempt that saw no answer, is waited for instead; one that failed for a passing reason gets a
   * successor.
   *
   * @param id name of the job, the same for the same work
   */
  Job run(TableRef place, @Nullable String location, String id, JobConfiguration work)
      throws ServiceException {
    for (int attempt = 1; ; attempt++) {
      JobReference reference =
          new JobReference()
              .setProjectId(place.project())
              .setJobId(attempt == 1 ? id : id + "_" + attempt)
              .setLocation(location);
      Job job = await(reference, insert(reference, work));
      ErrorProto failure = job.getStatus().getErrorResult();
      if (failure == null) {
        return job;
      }
      ServiceError error = ServiceError.of(failure);
      if (!error.passing() || attempt == patience.attempts()) {
        throw new ServiceException(error);
      }
      patience.pause("Job " + reference.getJobId(), attempt, error.toString());
    }
  }

  private Job insert(JobReference reference, JobConfiguration work) throws ServiceException {
    try {
      return patience.call(
          "Starting job " + reference.getJobId(),
          () ->
              client
                  .jobs()
                  .insert(
                      reference.getProjectId(),
                      new Job().setJobReference(reference).setConfiguration(work))
                  .execute());
    } catch (ServiceException e) {
      if (e.error().duplicate()) {
        return get(reference);
      }
      throw e;
    }
  }

  private Job get(JobReference reference) throws ServiceException {
    return patience.call(
        "Looking after job " + reference.getJobId(),
        () ->
            client
                .jobs()
                .get(reference.getProjectId(), reference.getJobId())
                .setLocation(reference.getLocation())
                .execute());
  }

  private Job await(JobReference reference, Job started) throws ServiceException {
    Job job = started;
    for (int round = 1; !"DONE".equals(job.getStatus().getState()); round++) {
      patience.wait(round);
      job = get(reference);
    }
    return job;
  }

  /** The rows that a query job found, as texts; null for NULL. */
  List<List<@Nullable String>> results(Job query) throws ServiceException {
    JobReference reference = query.getJobReference();
    List<List<@Nullable String>> rows = new ArrayList<>();
    String page = null;
    do {
      String from = page;
      GetQueryResultsResponse answer =
          patience.call(
              "Reading the results of job " + reference.getJobId(),
              () ->
                  client
                      .jobs()
                      .getQueryResults(reference.getProjectId(), reference.getJobId())
                      .setLocation(reference.getLocation())
                      .setPageToken(from)
                      .execute());
      if (answer.getRows() != null) {
        for (TableRow row : answer.getRows()) {
          rows.add(
              row.getF().stream()
                  .map(cell -> cell.getV() instanceof String text ? text : null)
                  .toList());
        }
      }
      page = answer.getPageToken();
    } while (page != null);
    return rows;
  }

  private <T> Optional<T> found(String what, Patience.Call<T> call) throws ServiceException {
    try {
      return Optional.ofNullable(patience.call(what, call));
    } catch (ServiceException e) {
      if (e.error().notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> void orThere(String what, Patience.Call<T> call) throws ServiceException {
    try {
      T unused = patience.call(what, call);
    } catch (ServiceException e) {
      if (!e.error().duplicate()) {
        throw e;
      }
    }
  }
}
