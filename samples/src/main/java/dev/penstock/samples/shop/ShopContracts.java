package dev.penstock.samples.shop;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.contract.DataContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample's contract, which the module carries with it. */
public final class ShopContracts {
  /** File name of the contract. */
  public static final String EVENTS = "shop-events.yaml";

  private ShopContracts() {}

  /** Contract of the events file and of the table made from it. */
  public static DataContract events() {
    return DataContract.parse(text(), EVENTS);
  }

  /** Puts a copy of the contract into a folder, for commands that want a file; gives its name. */
  @CanIgnoreReturnValue
  public static Path copyTo(Path folder) throws IOException {
    return Files.writeString(folder.resolve(EVENTS), text());
  }

  private static String text() {
    try (InputStream in = ShopContracts.class.getResourceAsStream(EVENTS)) {
      if (in == null) {
        throw new IllegalStateException("The samples were built without their contract " + EVENTS);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in contract " + EVENTS, e);
    }
  }
}
