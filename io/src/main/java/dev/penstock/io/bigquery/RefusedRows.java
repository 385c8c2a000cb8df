package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink.Results;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Finds the rows that a load job left out, and BigQuery's reason for each.
 *
 * <p>A job lists its first errors only, so what was left out is told from what is there: the stage
 * is asked how many rows of each part it has, then which ones. Reasons come from the job's list by
 * their place in the file; the other rows are offered once more as streaming inserts, whose answer
 * has a reason for every row.
 */
final class RefusedRows {
  private static final Pattern PLACE = Pattern.compile("starting at position:? (\\d+)");
  private static final Pattern FIELD = Pattern.compile("[Ff]ield:? '?([A-Za-z_][\\w.]*)");
  private static final int CHUNK = 500;
  private static final int CHUNK_BYTES = 5 << 20;

  private final Settlement settlement;
  private final Refusals refusals;
  private final Map<String, Map<Long, String>> listed = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  /** A row that is not in the stage. */
  private static final class Missing {
    final SourceRecord record;
    final byte[] line;

    Missing(SourceRecord record, byte[] line) {
      this.record = record;
      this.line = line;
    }
  }

  RefusedRows(Settlement settlement, Refusals refusals, List<ErrorProto> errors) {
    this.settlement = settlement;
    this.refusals = refusals;
    for (ErrorProto error : errors) {
      Matcher place = PLACE.matcher(String.valueOf(error.getMessage()));
      if (error.getLocation() != null && place.find()) {
        listed
            .computeIfAbsent(error.getLocation(), file -> new HashMap<>())
            .putIfAbsent(Long.parseLong(place.group(1)), error.getMessage());
      }
    }
  }

  /** Rejects the rows, and tells how many of each source there are. */
  Map<String, Long> report(List<StagedPart> parts, Results results) throws ServiceException {
    Map<Long, Long> there = new HashMap<>();
    for (List<String> row :
        settlement.api().results(settlement.query("parts", settlement.sql().partCounts()))) {
      there.put(Long.parseLong(row.get(0)), Long.parseLong(row.get(1)));
    }
    for (StagedPart part : parts) {
      if (there.getOrDefault(part.part(), 0L) < part.rows()) {
        try {
          report(part, results);
        } catch (IOException e) {
          throw new UncheckedIOException(
              "The files of the rows that BigQuery refused cannot be read: " + part.rowsFile(), e);
        }
      }
    }
    return counts;
  }

  private void report(StagedPart part, Results results) throws ServiceException, IOException {
    Set<Long> there = new HashSet<>();
    for (List<String> row :
        settlement
            .api()
            .results(
                settlement.query(
                    "rows_" + Long.toHexString(part.part()),
                    settlement.sql().offsets(part.part())))) {
      there.add(Long.parseLong(row.get(0)));
    }
    String rowsFile = String.valueOf(part.rowsFile());
    Map<Long, String> reasons = listed.getOrDefault(rowsFile, Map.of());
    List<Missing> unexplained = new ArrayList<>();
    long bytes = 0;
    try (InputStream lines = open(rowsFile);
        RecordsFile.Reader records =
            new RecordsFile.Reader(
                FileSystems.open(
                    FileSystems.matchNewResource(String.valueOf(part.recordsFile()), false)))) {
      long position = 0;
      for (SourceRecord record = records.next(); record != null; record = records.next()) {
        byte[] line = line(lines);
        if (!there.contains(record.position().offset())) {
          String reason = reasons.get(position);
          if (reason != null) {
            reject(part, record, reason, results);
          } else {
            unexplained.add(new Missing(record, line));
            bytes += line.length;
          }
        }
        position += line.length + 1;
        if (unexplained.size() >= CHUNK || bytes >= CHUNK_BYTES) {
          explain(part, unexplained, results);
          unexplained.clear();
          bytes = 0;
        }
      }
    }
    explain(part, unexplained, results);
  }

  private static InputStream open(String file) throws IOException {
    return new BufferedInputStream(
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false))),
        64 << 10);
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toByteArray();
  }

  /** Asks for the reasons of rows one by one; a row that is taken after all is in the stage. */
  private void explain(StagedPart part, List<Missing> rows, Results results)
      throws ServiceException {
    if (rows.isEmpty()) {
      return;
    }
    InsertRequest request = new InsertRequest(false);
    rows.forEach(row -> request.add(row.record.id().toString(), row.line));
    Map<Integer, ErrorProto> errors =
        settlement.api().insertAll(settlement.stage(), request).firstErrors();
    boolean nothing = errors.isEmpty();
    for (int i = 0; i < rows.size() && !nothing; i++) {
      ErrorProto error = errors.get(i);
      Missing row = rows.get(i);
      reject(
          part,
          row.record,
          error == null || "stopped".equals(error.getReason())
              ? "the load job left the row out, and names no reason"
              : text(error),
          results);
    }
  }

  static String text(ErrorProto error) {
    String field = error.getLocation();
    return (field == null || field.isEmpty() ? "" : "field " + field + ": ") + error.getMessage();
  }

  private void reject(StagedPart part, SourceRecord record, String reason, Results results) {
    counts.merge(part.source(), 1L, Long::sum);
    results.reject(refused(refusals, settlement.layout(), record, reason));
  }

  /** The dead letter of a row that BigQuery refused, in its words where these are no secret. */
  static DeadLetter refused(
      Refusals refusals, TableLayout layout, SourceRecord record, String reason) {
    String message =
        refusals.secretive() ? "a value does not fit its column, or is missing" : reason;
    return refusals.of(
        record,
        "BIGQUERY_INVALID",
        field(refusals, layout, reason),
        "Table " + layout.ref() + " refused the row: " + message);
  }

  private static String field(Refusals refusals, TableLayout layout, String reason) {
    Matcher name = FIELD.matcher(reason);
    while (name.find()) {
      String top = name.group(1).replaceFirst("\\..*", "");
      for (Column column : layout.columns()) {
        if (column.name().equalsIgnoreCase(top)) {
          return refusals.fieldOf(column.name());
        }
      }
    }
    return "";
  }
}
