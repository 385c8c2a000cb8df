package dev.penstock.io.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvFaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Whatever bytes a file has, in any dialect: every byte is accounted for, good records hold what an
 * independent reading finds in them, and neither the size of the buffer nor reading in parts
 * changes anything. The first bytes of an input are the {@link CsvFuzzSettings}, the others the
 * file.
 */
public final class CsvFuzzTarget {
  private static final Path FILE = temporaryFile();

  private CsvFuzzTarget() {}

  /** Loads the classes, so that the first input is not taken for one that hangs. */
  public static void fuzzerInitialize() throws IOException {
    fuzzerTestOneInput("00000<0a\n1\n".getBytes(UTF_8));
  }

  /** Reads one file in every way. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length < CsvFuzzSettings.BYTES) {
      return;
    }
    CsvFuzzSettings settings = CsvFuzzSettings.of(input);
    if (!settings.dialect().problems().isEmpty()) {
      return;
    }
    byte[] file = Arrays.copyOfRange(input, CsvFuzzSettings.BYTES, input.length);
    CsvDialect dialect = settings.dialect();
    List<Frames> frames;
    try {
      // One that holds all at once, and is not cleared for longer than reading takes.
      frames = Frames.of(file, dialect, settings.fields(), file.length + 16);
    } catch (FileInputException e) {
      same(true, CsvOracle.contradictsItsMark(file, dialect));
      return;
    }
    same(false, CsvOracle.contradictsItsMark(file, dialect));
    CsvOracle oracle = new CsvOracle(file, dialect);
    oracle.accountForEveryByte(frames);
    for (Frames frame : frames) {
      inspect(frame, settings, oracle);
    }
    List<Frames> again = Frames.of(file, dialect, settings.fields(), settings.bufferBytes());
    same(describe(frames), describe(again));
    same(frames.stream().map(Frames::offset).toList(), skipped(file, settings));
    if (settings.inParts()) {
      readInParts(file, settings);
    }
  }

  private static void inspect(Frames frame, CsvFuzzSettings settings, CsvOracle oracle) {
    boolean overLimit = frame.codes().contains(CsvFaults.RECORD_TOO_LARGE);
    same(frame.payload().length > settings.dialect().maxRecordBytes(), overLimit);
    if (frame.faults().isEmpty()) {
      same(oracle.fields(frame.payload()), frame.values());
      same(true, settings.fields() < 0 || frame.values().size() == settings.fields());
    }
  }

  private static List<Long> skipped(byte[] file, CsvFuzzSettings settings) {
    RecordFramer framer =
        new RecordFramer(
            Channels.newChannel(new ByteArrayInputStream(file)),
            settings.dialect(),
            "f.csv",
            settings.bufferBytes());
    framer.expectFields(settings.fields());
    List<Long> offsets = new ArrayList<>();
    while (framer.skip()) {
      offsets.add(framer.offset());
    }
    return offsets;
  }

  private static void readInParts(byte[] bytes, CsvFuzzSettings settings) throws IOException {
    Files.write(FILE, bytes);
    MatchResult.Metadata file = FileSystems.matchSingleFileSpec(FILE.toString());
    CsvDialect dialect = settings.dialect().withHeader(settings.header());
    int columns = Math.max(0, settings.fields());
    List<String> whole = new ArrayList<>();
    try {
      SplitReading.read(FileRange.whole(file), dialect, columns, whole);
    } catch (FileInputException unusableHeader) {
      same(true, settings.header());
      return;
    }
    FileSurveyor surveyor = new TextSurveyor(new CsvFormat(dialect, columns));
    // Each block opens the file anew, so that there should not be too many.
    long blockBytes = Math.max(settings.blockBytes(), bytes.length / 12);
    List<String> parts = new ArrayList<>();
    for (FileRange range : SplitReading.split(surveyor, file, blockBytes, new Random(1))) {
      SplitReading.read(range, dialect, columns, parts);
    }
    same(whole, parts);
  }

  private static String describe(List<Frames> frames) {
    return frames.stream()
        .map(frame -> frame.offset() + ":" + Arrays.hashCode(frame.payload()) + frame.faults())
        .collect(Collectors.joining("\n"));
  }

  private static void same(Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("Expected " + expected + " but found " + actual);
    }
  }

  private static Path temporaryFile() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    try {
      Path path = Files.createTempFile("penstock-fuzz", ".csv");
      path.toFile().deleteOnExit();
      return path;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
