package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.parse.ParseAvro;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/**
 * Messages in Avro, as their flags describe them.
 *
 * <pre>{@code
 * List<String> problems = AvroMessages.problems("--messageFormat=avro", true, options);
 * }</pre>
 */
public final class AvroMessages {
  private static final int MAX_BYTES = 4 << 20;

  private AvroMessages() {}

  /** What reads them; opens the file of the schema. */
  static ParseAvro parse(DataContract contract, MessageOptions options) {
    ParseAvro parse = ParseAvro.to(contract);
    parse = WarehouseFlags.set(parse, options.getSchemaRegistry(), ParseAvro::withRegistry);
    parse =
        WarehouseFlags.set(
            parse, options.getRegistryCredentials(), ParseAvro::withRegistryCredentials);
    String schema = options.getAvroSchema();
    return schema == null ? parse : parse.withSchema(text(schema));
  }

  /**
   * What is wrong with the flags.
   *
   * @param format the flag of the format, as it was given
   * @param avro whether that is Avro
   */
  public static List<String> problems(String format, boolean avro, MessageOptions options) {
    List<String> problems = new ArrayList<>();
    String registry = options.getSchemaRegistry();
    String schema = options.getAvroSchema();
    if (avro && (registry == null) == (schema == null)) {
      problems.add(
          format
              + (registry == null
                  ? " needs to know the schemas: give --schemaRegistry=http://host:8081, or one"
                      + " --avroSchema=<file>"
                  : " takes schemas from --schemaRegistry or from --avroSchema; keep one"));
      return problems;
    }
    if (!avro) {
      foreign("--schemaRegistry", registry, problems);
      foreign("--registryCredentials", options.getRegistryCredentials(), problems);
      foreign("--avroSchema", schema, problems);
      return problems;
    }
    tried("--schemaRegistry", registry, problems);
    tried("--avroSchema", schema, problems);
    if (schema != null) {
      foreign("--registryCredentials", options.getRegistryCredentials(), problems);
    }
    return problems;
  }

  private static void foreign(String flag, @Nullable String value, List<String> problems) {
    if (value != null) {
      problems.add(
          flag
              + "="
              + value
              + " is for messages in Avro whose schemas are in a registry or a file: use a format"
              + " of Avro with it, or leave it out");
    }
  }

  private static void tried(String flag, @Nullable String value, List<String> problems) {
    if (value == null) {
      return;
    }
    try {
      if (flag.equals("--avroSchema")) {
        ParseAvro.checkSchema(text(value));
      } else {
        ParseAvro.checkRegistry(value);
      }
    } catch (IllegalArgumentException e) {
      problems.add(flag + ": " + e.getMessage());
    }
  }

  private static String text(String file) {
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
