package dev.penstock.samples.kiva;

import dev.penstock.samples.kiva.Fault.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Generates the loans and lenders files, with exactly known bad records among the good ones.
 *
 * <pre>{@code
 * List<BadRecord> truth = new ArrayList<>();
 * KivaFiles.withSeed(7).rows(10_000).oneBadIn(33).writeLoans(path, truth::add);
 * }</pre>
 *
 * <p>The same settings give the same bytes, on any machine. A record depends on the seed and its
 * own number only, so more rows mean the same file with more behind it. Bad records are spread
 * evenly, one in each block of the given size, and go through all kinds of faults in turn. Memory
 * does not grow with the number of rows.
 */
public final class KivaFiles {
  private final long seed;
  private final long rows;
  private final int badBlock;

  private KivaFiles(long seed, long rows, int badBlock) {
    this.seed = seed;
    this.rows = rows;
    this.badBlock = badBlock;
  }

  /** Files of 10 000 records, one in 33 of them bad. */
  public static KivaFiles withSeed(long seed) {
    return new KivaFiles(seed, 10_000, 33);
  }

  /** The same files with another number of records. */
  public KivaFiles rows(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("The number of rows is " + count + "; give 0 or more");
    }
    return new KivaFiles(seed, count, badBlock);
  }

  /** One bad record in each block of this many; 0 for none at all. */
  public KivaFiles oneBadIn(int block) {
    if (block < 0) {
      throw new IllegalArgumentException("One bad record in " + block + "; give 0 or more");
    }
    return new KivaFiles(seed, rows, block);
  }

  /** Writes the loans file, and tells the truth about each bad record in order. */
  public void writeLoans(Path file, Consumer<BadRecord> truth) throws IOException {
    Loans loans = new Loans(seed);
    write(file, Loans.COLUMNS, loans::record, Faults.OF_LOANS, truth);
  }

  /** Writes the lenders file, and tells the truth about each bad record in order. */
  public void writeLenders(Path file, Consumer<BadRecord> truth) throws IOException {
    Lenders lenders = new Lenders(seed);
    write(file, Lenders.COLUMNS, lenders::record, Faults.OF_LENDERS, truth);
  }

  /** Values of the good loan of a number, or empty when that record is bad. */
  List<String> goodLoan(long number) {
    return fault(number, Faults.OF_LOANS) == null ? new Loans(seed).record(number) : List.of();
  }

  private void write(
      Path file,
      List<String> columns,
      LongFunction<List<String>> records,
      List<Fault> faults,
      Consumer<BadRecord> truth)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        CsvFile csv = new CsvFile(out)) {
      csv.record(columns);
      for (long number = 1; number <= rows; number++) {
        Fault fault = fault(number, faults);
        if (fault == null) {
          csv.record(records.apply(number));
        } else {
          truth.accept(new BadRecord(number, csv.offset(), fault.reasons()));
          writeBad(csv, fault, columns, new ArrayList<>(records.apply(number)));
        }
      }
    }
  }

  /** The fault of a record, or null for a good one. */
  private @org.jspecify.annotations.Nullable Fault fault(long number, List<Fault> faults) {
    if (badBlock == 0) {
      return null;
    }
    long block = (number - 1) / badBlock;
    long place = Math.floorMod(mix(seed + block), badBlock);
    return (number - 1) % badBlock == place ? faults.get((int) (block % faults.size())) : null;
  }

  /** Scatters numbers that follow each other (the finaliser of SplitMix64). */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static void writeBad(CsvFile csv, Fault fault, List<String> columns, List<String> values)
      throws IOException {
    if (fault.layout() != Layout.WELL_FORMED) {
      // Such a record stands on one line, and what would need quotes is left out.
      values.replaceAll(value -> CsvFile.needsQuotes(value) ? "" : value);
    }
    for (Fault.Change change : fault.changes()) {
      values.set(columns.indexOf(change.column()), change.value());
    }
    switch (fault.layout()) {
      case WELL_FORMED -> csv.record(values);
      case UNQUOTED -> csv.rawRecord(values);
      case FIELD_MISSING -> csv.rawRecord(values.subList(0, values.size() - 1));
      case FIELD_ADDED -> {
        values.add("surplus");
        csv.rawRecord(values);
      }
    }
  }
}
