package dev.penstock.io.bigquery;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.WriteMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a way of writing can do, and what it needs.
 *
 * @param method the way
 * @param mode what is asked of it
 * @param deletedField the field that tells deletions, or null
 * @param contract contract of the rows
 */
record Abilities(
    BigQueryMethod method, WriteMode mode, @Nullable String deletedField, DataContract contract) {

  /** Refuses what the method cannot do. */
  void check() {
    if (method == BigQueryMethod.STREAMING_INSERTS && mode != WriteMode.APPEND) {
      throw refused(
          "Streaming inserts can only append, so there is no mode "
              + mode.name().toLowerCase(Locale.ROOT)
              + " for them. Use --bigQueryMethod=load or --bigQueryMethod=storage-write");
    }
    if (deletedField != null) {
      checkDeletions(deletedField);
    }
  }

  private void checkDeletions(String deleted) {
    if (method != BigQueryMethod.STORAGE_WRITE || mode != WriteMode.UPSERT) {
      throw refused(
          "Deletions by the field '"
              + deleted
              + "' are row mutations, which only mode upsert by storage-write has");
    }
    boolean known =
        contract
            .field(deleted)
            .filter(field -> field.logicalType() == LogicalType.BOOLEAN)
            .isPresent();
    if (!known) {
      throw refused(
          "The field '"
              + deleted
              + "' that tells deletions is no boolean field of contract "
              + contract.id());
    }
  }

  /** Refuses settings that lack what the method needs. */
  void check(GoogleSettings settings) {
    if (method != BigQueryMethod.LOAD) {
      return;
    }
    String temporary = settings.temporary();
    boolean elsewhere = settings.endpoint() != null;
    if (temporary == null || (!elsewhere && !temporary.startsWith("gs://"))) {
      throw refused(
          "BigQuery's load jobs read files from Cloud Storage"
              + (temporary == null ? "" : ", and " + temporary + " is not there")
              + ". Give --tempLocation=gs://<bucket>/<folder>, or use"
              + " --bigQueryMethod=storage-write");
    }
  }

  private static DestinationException refused(String why) {
    return new DestinationException(why, null);
  }
}
