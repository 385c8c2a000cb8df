package dev.penstock.pipelines.infer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A contract as text, with a comment for each guess.
 *
 * @param id id of the contract, and name of its table
 * @param file what it was guessed from, for the comment at its top
 * @param layout how the file is laid out
 * @param counted what was counted in the file
 * @param fields the fields, in order
 * @param leftOut columns that cannot be fields, and why
 */
record ContractDraft(
    String id,
    String file,
    DialectGuess layout,
    Counted counted,
    List<FieldGuess> fields,
    List<String> leftOut) {

  /**
   * What was counted in a file.
   *
   * @param records records looked at, good ones only
   * @param all whether the file has no more
   * @param faults records that are no well-formed CSV, by reason code
   */
  record Counted(long records, boolean all, Map<String, Long> faults) {}

  private static final Pattern KEY_NAME =
      Pattern.compile(
          "(?i)(.*[_-])?(id|uuid|guid|key|code|number|no|nr)|.*[a-z](Id|ID|Key|Code|Number|No|Nr)");
  private static final Pattern ID_NAME = Pattern.compile("(?i)id|uuid|guid");

  /** The contract, in YAML. */
  String text() {
    StringBuilder text = new StringBuilder();
    head(text);
    String table = Names.clean(id, 1);
    text.append("apiVersion: v3.1.0\nkind: DataContract\n");
    text.append("id: ").append(Yaml.quote(id)).append('\n');
    text.append("version: 0.1.0\nstatus: draft\nschema:\n");
    text.append("  - name: ").append(Yaml.quote(table)).append('\n');
    text.append("    properties:\n");
    Optional<FieldGuess> key = key();
    for (FieldGuess field : fields) {
      property(text, field, key.filter(field::equals).isPresent());
    }
    return text.toString();
  }

  private void head(StringBuilder text) {
    String records = String.format(Locale.ROOT, "%,d", counted.records());
    comment(
        text,
        "A first contract for "
            + file
            + ", guessed by 'penstock infer' from "
            + (counted.all() ? "its " + records : "its first " + records)
            + (counted.records() == 1 ? " record." : " records."));
    comment(
        text, "Each guess has its evidence above it. Read them through; you know what is meant.");
    layout.notes().forEach(note -> comment(text, note));
    if (!layout.flags().isEmpty()) {
      comment(text, "Load the file with" + layout.flags());
    }
    counted
        .faults()
        .forEach(
            (code, count) ->
                comment(
                    text,
                    String.format(
                        Locale.ROOT,
                        "Not looked at: %,d records that are not well-formed CSV (%s).",
                        count,
                        code)));
    leftOut.forEach(reason -> comment(text, "Left out: " + reason + "."));
  }

  private static void comment(StringBuilder text, String line) {
    text.append("# ").append(line).append('\n');
  }

  /** The field that is most likely the key: unique, never empty, and called like one. */
  private Optional<FieldGuess> key() {
    List<FieldGuess> candidates =
        fields.stream()
            .filter(FieldGuess::isKeyLike)
            .filter(field -> KEY_NAME.matcher(field.name()).matches())
            .toList();
    return candidates.stream()
        .filter(field -> ID_NAME.matcher(field.name()).matches())
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }

  private static void property(StringBuilder text, FieldGuess field, boolean isKey) {
    text.append("      # ").append(field.evidence()).append('\n');
    if (isKey) {
      text.append(
          "      # Called like a key and no value occurs twice: remove primaryKey if it is none.\n");
    }
    text.append("      - name: ").append(Yaml.quote(field.name())).append('\n');
    line(text, "logicalType: " + field.type());
    if (!field.physicalType().isEmpty()) {
      line(text, "physicalType: " + field.physicalType());
    }
    if (isKey) {
      line(text, "primaryKey: true");
    }
    if (field.required()) {
      line(text, "required: true");
    }
    if (field.isPersonal()) {
      line(text, "classification: confidential # looks personal: values stay out of messages");
    }
    if (!field.options().isEmpty()) {
      line(text, "logicalTypeOptions:");
      field.options().forEach(option -> line(text, "  " + option));
    }
    values(text, field.values());
    if (!field.name().equals(field.column())) {
      line(text, "customProperties:");
      line(text, "  - property: aliases");
      line(text, "    value: [" + Yaml.quote(field.column().strip()) + "]");
    }
  }

  private static void values(StringBuilder text, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    line(text, "quality:");
    line(text, "  - metric: invalidValues");
    line(text, "    mustBe: 0");
    line(text, "    arguments:");
    line(text, "      validValues:");
    values.forEach(value -> line(text, "        - " + Yaml.quote(value)));
  }

  private static void line(StringBuilder text, String line) {
    text.append("        ").append(line).append('\n');
  }
}
