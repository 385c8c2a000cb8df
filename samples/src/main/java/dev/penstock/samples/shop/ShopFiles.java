package dev.penstock.samples.shop;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.samples.kiva.BadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Generates files of shop events of any size, with exactly known bad records among the good ones.
 *
 * <pre>{@code
 * ShopTruth truth = ShopFiles.withSeed(7).rows(10_000_000).oneBadIn(100).write(path, bad -> {});
 * }</pre>
 *
 * <p>The same settings give the same bytes, on any machine. A record depends on the seed and its
 * own number only, so more rows mean the same file with more behind it. Bad records are spread
 * evenly, one in each block of the given size, and go through all kinds of faults in turn. Few
 * users and products make most of the events. Memory does not grow with the number of rows; ten
 * million rows (1.1 GB) take seconds, not minutes.
 */
public final class ShopFiles {
  /** Columns of the file, in order. */
  public static final List<String> COLUMNS =
      List.of(
          "event_time",
          "event_type",
          "product_id",
          "category_id",
          "category_code",
          "brand",
          "price",
          "user_id",
          "user_session");

  private final long seed;
  private final long rows;
  private final int badBlock;

  private ShopFiles(long seed, long rows, int badBlock) {
    this.seed = seed;
    this.rows = rows;
    this.badBlock = badBlock;
  }

  /** A file of 10 000 records, one in 100 of them bad. */
  public static ShopFiles withSeed(long seed) {
    return new ShopFiles(seed, 10_000, 100);
  }

  /** The same file with another number of records. */
  public ShopFiles rows(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("The number of rows is " + count + "; give 0 or more");
    }
    return new ShopFiles(seed, count, badBlock);
  }

  /** One bad record in each block of this many; 0 for none at all. */
  public ShopFiles oneBadIn(int block) {
    if (block < 0) {
      throw new IllegalArgumentException("One bad record in " + block + "; give 0 or more");
    }
    return new ShopFiles(seed, rows, block);
  }

  /** Writes the file, tells of each bad record in order, and gives what a load has to find. */
  @CanIgnoreReturnValue
  public ShopTruth write(Path path, Consumer<BadRecord> bad) throws IOException {
    Events events = new Events(seed);
    ShopTruth.Tally tally = new ShopTruth.Tally();
    try (EventFile file = new EventFile(Files.newOutputStream(path))) {
      file.text(String.join(",", COLUMNS)).endRecord();
      for (long number = 1; number <= rows; number++) {
        events.goTo(number);
        if (isBad(number)) {
          ShopFault fault = ShopFault.turn((number - 1) / badBlock);
          BadRecord record = new BadRecord(number, file.offset(), fault.reasons());
          tally.bad(record);
          bad.accept(record);
          List<String> fields = events.fields();
          fault.spoil(fields);
          file.text(String.join(",", fields)).endRecord();
        } else {
          tally.good(events);
          events.writeTo(file);
          file.endRecord();
        }
      }
    }
    return tally.truth();
  }

  private boolean isBad(long number) {
    if (badBlock == 0) {
      return false;
    }
    long block = (number - 1) / badBlock;
    return (number - 1) % badBlock == Math.floorMod(mix(seed + block), badBlock);
  }

  /** Scatters numbers that follow each other (the finaliser of SplitMix64). */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
