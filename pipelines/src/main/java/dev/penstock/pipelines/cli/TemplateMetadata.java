package dev.penstock.pipelines.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.options.StreamingOptions;

/**
 * Describes a pipeline's flags in the form in which Dataflow's Flex Templates take them, from the
 * same declarations as help, so that a form in the console asks for what the command line takes.
 *
 * <p>A template's files are in buckets, and what a default leaves on the machine of the command
 * must be given.
 */
final class TemplateMetadata {
  private static final String BUCKET = "^gs://[^\\n\\r]+$";

  private TemplateMetadata() {}

  /** The metadata as a JSON document. */
  static String of(Command command, FlagCatalog catalog) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("name", "Penstock " + command.name());
    document.put("description", command.summary() + ".");
    document.put("streaming", StreamingOptions.class.isAssignableFrom(command.optionsType()));
    ArrayNode parameters = document.putArray("parameters");
    catalog.own().stream()
        .sorted(
            Comparator.comparing(TemplateMetadata::isOptional)
                .thenComparing(flag -> place(command, flag))
                .thenComparing(FlagSpec::name))
        .forEach(flag -> describe(flag, parameters.addObject()));
    return document.toPrettyString();
  }

  private static int place(Command command, FlagSpec flag) {
    List<String> sections = command.sections();
    return sections.contains(flag.section()) ? sections.indexOf(flag.section()) : sections.size();
  }

  private static boolean isOptional(FlagSpec flag) {
    return !flag.isRequired() && !flag.isDefaultLocal();
  }

  private static void describe(FlagSpec flag, ObjectNode parameter) {
    parameter.put("name", flag.name());
    parameter.put("label", label(flag.name()));
    parameter.put("helpText", helpText(flag));
    parameter.put("groupName", flag.section());
    parameter.put("isOptional", isOptional(flag));
    parameter.put("paramType", type(flag));
    String pattern = pattern(flag);
    if (!pattern.isEmpty()) {
      parameter.putArray("regexes").add(pattern);
    }
    if (flag.type().isEnum()) {
      ArrayNode values = parameter.putArray("enumOptions");
      flag.enumValues()
          .forEach(value -> values.addObject().put("value", value).put("label", value));
    }
    if (!flag.isDefaultLocal()) {
      flag.defaultValue().ifPresent(value -> parameter.put("defaultValue", value));
    }
  }

  /** {@code maxDeadLetterRate} as {@code Max dead letter rate}. */
  static String label(String name) {
    String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String helpText(FlagSpec flag) {
    String absent =
        flag.isRequired() || flag.isDefaultLocal()
            ? ""
            : flag.defaultText().map(text -> " Default: " + text + ".").orElse("");
    return flag.description() + absent;
  }

  private static String type(FlagSpec flag) {
    if (flag.isBoolean()) {
      return "BOOLEAN";
    }
    if (flag.type().isEnum()) {
      return "ENUM";
    }
    if (flag.isWholeNumber() || flag.isNumber()) {
      return "NUMBER";
    }
    return switch (flag.names()) {
      case FILE_TO_READ -> "GCS_READ_FILE";
      case FILE_TO_WRITE -> "GCS_WRITE_FILE";
      case VALUE -> "TEXT";
    };
  }

  private static String pattern(FlagSpec flag) {
    if (flag.isBoolean()) {
      return "^(true|false)$";
    }
    if (flag.isWholeNumber()) {
      return "^-?[0-9]+$";
    }
    if (flag.isNumber()) {
      return "^-?[0-9]+([.][0-9]+)?$";
    }
    if (flag.type().isEnum()) {
      return "^(" + String.join("|", flag.enumValues().toList()) + ")$";
    }
    return flag.names() == Flag.Names.VALUE ? "" : BUCKET;
  }
}
