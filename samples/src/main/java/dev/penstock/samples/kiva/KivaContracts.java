package dev.penstock.samples.kiva;

import dev.penstock.transforms.contract.DataContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample's contracts, which the module carries with it. */
public final class KivaContracts {
  private static final String LOANS = "kiva-loans.yaml";
  private static final String LOANS_SUMMARY = "kiva-loans-summary.yaml";
  private static final String LENDERS = "kiva-lenders.yaml";
  private static final String LOAN_LENDERS = "kiva-loan-lenders.yaml";

  private KivaContracts() {}

  /** Contract of the loans file and of the table made from it. */
  public static DataContract loans() {
    return DataContract.parse(text(LOANS), LOANS);
  }

  /** Contract of what the loans jobs keep of each loan. */
  public static DataContract loansSummary() {
    return DataContract.parse(text(LOANS_SUMMARY), LOANS_SUMMARY);
  }

  /** Contract of the lenders file. */
  public static DataContract lenders() {
    return DataContract.parse(text(LENDERS), LENDERS);
  }

  /** Contract of the table with the number of lenders of each loan. */
  public static DataContract loanLenders() {
    return DataContract.parse(text(LOAN_LENDERS), LOAN_LENDERS);
  }

  /** Puts copies of the contracts into a folder, for commands that want a file. */
  public static void copyTo(Path folder) throws IOException {
    for (String name : List.of(LOANS, LOANS_SUMMARY, LENDERS, LOAN_LENDERS)) {
      Files.writeString(folder.resolve(name), text(name));
    }
  }

  private static String text(String name) {
    try (InputStream in = KivaContracts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The samples were built without their contract " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in contract " + name, e);
    }
  }
}
