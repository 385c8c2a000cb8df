package dev.penstock.io.bigquery;

import dev.penstock.io.sink.DestinationException;

/** Says in plain words why BigQuery cannot be written, and what to do. */
final class Unusable {
  private Unusable() {}

  static DestinationException of(TableRef ref, ServiceException failure) {
    return new DestinationException(text(ref, failure.error()), failure);
  }

  private static String text(TableRef ref, ServiceError error) {
    String where = TableRef.SCHEME + ref.project() + ":" + ref.dataset();
    if (error.status() == 401) {
      return where
          + ": BigQuery knows nobody by these credentials ("
          + error
          + "). Log in (gcloud auth application-default login), or set"
          + " GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account";
    }
    if (error.reason().equals("billingNotEnabled")) {
      return where + ": " + error + ". Link a billing account to the project";
    }
    if (error.status() == 403 && !error.passing()) {
      return where
          + ": a permission is missing ("
          + error
          + "). Needed are roles/bigquery.dataEditor on the dataset (or on the project, to create"
          + " it) and roles/bigquery.jobUser on the project";
    }
    if (error.status() == 0) {
      return where
          + ": BigQuery cannot be reached ("
          + error.message()
          + "). Is there a network, and is --bigQueryEndpoint right where it is given?";
    }
    if (error.notFound()) {
      return where
          + ": "
          + error
          + ". Check project and dataset, and that the BigQuery API is enabled";
    }
    if (error.passing()) {
      return where
          + ": BigQuery was not available for long enough ("
          + error
          + "). Run again later: what was stored stays, and nothing is doubled";
    }
    return where + ", table " + ref.table() + ": " + error;
  }
}
