package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import java.util.HashMap;
import java.util.Map;

/** What became of the rows of a streaming insert. */
record InsertAnswer(TableDataInsertAllResponse response) {

  /** The first error of each row that was not inserted, by its place in the request. */
  Map<Integer, ErrorProto> firstErrors() {
    Map<Integer, ErrorProto> errors = new HashMap<>();
    if (response.getInsertErrors() != null) {
      for (TableDataInsertAllResponse.InsertErrors row : response.getInsertErrors()) {
        ErrorProto first =
            row.getErrors() == null || row.getErrors().isEmpty()
                ? new ErrorProto().setReason("invalid").setMessage("no reason is given")
                : row.getErrors().get(0);
        errors.put(Math.toIntExact(row.getIndex()), first);
      }
    }
    return errors;
  }
}
