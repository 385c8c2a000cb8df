package dev.penstock.benchmarks.bigquery;

import com.google.protobuf.Descriptors.DescriptorValidationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Loads the shop's file as one writes it by hand: Apache Commons CSV, a few ifs, and Google's
 * clients. Bad records are counted and left out. One thread reads and writes; nothing is tried
 * twice, since the endpoint beside it does not fail.
 */
public final class PlainLoad {
  private PlainLoad() {}

  /**
   * Loads a file into a new table.
   *
   * @param args the way (load, storage-write or streaming-inserts), the CSV file, the endpoint, the
   *     project, the new dataset, and a folder for files in transit
   */
  public static void main(String[] args) throws Exception {
    String endpoint = args[2];
    EventTable table = EventTable.create(endpoint, args[3], args[4]);
    EventSink sink = sink(args[0], table, endpoint, Path.of(args[5]));
    long written = 0;
    long bad = 0;
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser csv =
        CSVParser.parse(
            Files.newBufferedReader(Path.of(args[1]), StandardCharsets.UTF_8), format)) {
      for (CSVRecord fields : csv) {
        Optional<ShopEvent> event = ShopEvent.of(fields);
        if (event.isPresent()) {
          sink.write(event.get());
          written++;
        } else {
          bad++;
        }
      }
    }
    sink.finish();
    System.out.println(written + " written, " + bad + " bad");
  }

  private static EventSink sink(String way, EventTable table, String endpoint, Path folder)
      throws IOException, DescriptorValidationException {
    return switch (way) {
      case "load" -> LoadJobSink.to(table, folder.resolve("events.json"));
      case "storage-write" -> StorageWriteSink.to(table, endpoint);
      case "streaming-inserts" -> new InsertAllSink(table);
      default ->
          throw new IllegalArgumentException(
              way + " is none of load, storage-write, streaming-inserts");
    };
  }
}
