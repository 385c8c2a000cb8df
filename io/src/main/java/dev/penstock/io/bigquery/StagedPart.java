package dev.penstock.io.bigquery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * What one part of a source left for the settlement: rows in a file, or in a pending stream.
 *
 * @param source name of the source, as in the ledger
 * @param part number of the part
 * @param rows how many rows it has
 * @param rowsFile file with the rows as lines of JSON
 * @param recordsFile file with the records that the rows were made from, in the same order
 * @param stream name of the stream that the rows were appended to
 */
record StagedPart(
    String source,
    long part,
    long rows,
    @Nullable String rowsFile,
    @Nullable String recordsFile,
    @Nullable String stream) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static StagedPart empty(String source, long part) {
    return new StagedPart(source, part, 0, null, null, null);
  }

  String toReceipt() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A receipt can always be written", e);
    }
  }

  static StagedPart of(String receipt) {
    try {
      return JSON.readValue(receipt, StagedPart.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("'" + receipt + "' is no receipt of a part", e);
    }
  }

  /** What it is called in the names of jobs: another attempt has another one. */
  String place() {
    return stream != null ? stream : rowsFile != null ? rowsFile : source + " " + part;
  }
}
