package dev.penstock.pipelines.infer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a contract should say of one field, with the evidence.
 *
 * <p>Type by type, the strictest one that all values are of is taken. A guess that the library's
 * own parser or validator does not bear out is made again as plain text, which everything is.
 */
final class FieldGuess {
  private static final String NO_TYPE =
      "not all values are of one type as the library reads it, so any text is taken";

  /** Share of values of one way of writing times at which the sample decides on the others. */
  private static final double WORTH_A_TRY = 0.7;

  private static final int MAX_PRECISION = 38;
  private static final int ENOUGH_ROWS = 50;
  private static final int MOST_ENUM = 20;
  private static final int[] LENGTHS = {10, 20, 50, 100, 200, 255, 500, 1000, 2000};
  private static final BigDecimal HALF_INT = BigDecimal.valueOf(Integer.MAX_VALUE / 2);
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i).*(e[-_ ]?mail|phone|mobile|iban|passport|birth|ssn|(first|last|sur|middle|full)[-_ ]?name"
              + "|street|address|password|secret|card).*");
  private static final Pattern NAMES =
      Pattern.compile("(?i).*(name|person|user|borrower|customer|lender).*");

  private final ColumnProfile profile;
  private final String name;
  private final List<String> notes = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private String type = "string";
  private String physicalType = "";
  private String format = "";
  private boolean enumerated;

  private FieldGuess(ColumnProfile profile, String name) {
    this.profile = profile;
    this.name = name;
  }

  /**
   * What a field seems to be.
   *
   * @param misfits values that are not of the type that was guessed before; null before that
   */
  static FieldGuess of(ColumnProfile profile, String name, @Nullable Misfits misfits) {
    FieldGuess guess = new FieldGuess(profile, name);
    if (misfits != null) {
      guess.misfits(misfits);
      guess.string();
    } else if (!guess.all() && !guess.nearlyAll()) {
      guess.string();
    }
    return guess;
  }

  /** A field that takes every text. */
  static FieldGuess text(ColumnProfile profile, String name, @Nullable Misfits misfits) {
    FieldGuess guess = new FieldGuess(profile, name);
    if (misfits != null) {
      guess.misfits(misfits);
    }
    if (guess.notes.isEmpty()) {
      guess.notes.add(NO_TYPE);
    }
    return guess;
  }

  private void misfits(Misfits misfits) {
    if (Misfits.nearlyAll(profile.filled() - misfits.count(), profile.filled())) {
      notes.add(misfits.told(profile.filled()));
    } else if (profile.numbers().all()
        || profile.booleans().all()
        || !profile.temporals().all().isEmpty()) {
      notes.add(NO_TYPE);
    }
  }

  /** Takes the strictest type that all values are of; false for none but text. */
  private boolean all() {
    if (profile.filled() == 0) {
      notes.add("no value seen: check the type");
    } else if (profile.numbers().all() && !(isCompactDate() && looksLikeDays())) {
      number();
    } else if (profile.booleans().all()) {
      bool();
    } else if (!profile.temporals().all().isEmpty()) {
      temporal(profile.temporals().all().get(0));
    } else {
      return false;
    }
    return true;
  }

  /** Takes the type that nearly all values seem to be of, which the sample will then disprove. */
  private boolean nearlyAll() {
    long values = profile.filled();
    long times = profile.temporals().mostValues();
    Temporal way = profile.temporals().most();
    if (way != null && times >= profile.numbers().count() && times >= values * WORTH_A_TRY) {
      temporal(way);
    } else if (Misfits.nearlyAll(profile.numbers().count(), values)) {
      number();
    } else if (Misfits.nearlyAll(profile.booleans().most(), values)) {
      bool();
    } else {
      return false;
    }
    return true;
  }

  private boolean isCompactDate() {
    return !profile.temporals().all().isEmpty();
  }

  private void bool() {
    type = "boolean";
    notes.add("values " + shown(profile.values().keySet().stream().limit(MOST_ENUM).toList()));
  }

  /** Eight digits may be a number as well; as a day, all of them lie in our times. */
  private boolean looksLikeDays() {
    return profile.numbers().least().compareTo(BigDecimal.valueOf(19000101)) >= 0
        && profile.numbers().most().compareTo(BigDecimal.valueOf(21001231)) <= 0;
  }

  private void number() {
    Numbers numbers = profile.numbers();
    notes.add("from " + plain(numbers.least()) + " to " + plain(numbers.most()));
    if (numbers.integers()) {
      type = "integer";
      boolean small = numbers.least().abs().max(numbers.most().abs()).compareTo(HALF_INT) <= 0;
      physicalType = small ? "INTEGER" : "BIGINT";
      if (numbers.least().signum() >= 0 && numbers.most().compareTo(BigDecimal.ONE) <= 0) {
        notes.add("only 0 and 1: a boolean would read them, too");
      }
      return;
    }
    type = "number";
    int digits = numbers.before() + numbers.after();
    notes.add(
        "up to " + numbers.before() + " digits before the point and " + numbers.after() + " after");
    if (digits <= MAX_PRECISION) {
      int room = Math.min(MAX_PRECISION, Math.max(numbers.before() + 3, 10) + numbers.after());
      physicalType = "DECIMAL(" + room + "," + numbers.after() + ")";
    }
  }

  private static String plain(BigDecimal number) {
    return Math.abs(number.scale()) <= MAX_PRECISION ? number.toPlainString() : number.toString();
  }

  private void temporal(Temporal way) {
    type = way.type();
    format = way.format();
    notes.add(way.format().isEmpty() ? "written as ISO 8601" : "written as " + way.format());
    if (way.mayBeSwapped() && profile.temporals().all().size() > 1) {
      notes.add("CHECK: no day is above 12, so it could be the month that comes first");
    }
    if (!way.format().isEmpty()) {
      options.add("format: " + Yaml.quote(way.format()));
    }
    if (type.equals("timestamp")) {
      zone(way);
    }
  }

  private void zone(Temporal way) {
    boolean none = !way.format().isEmpty() || !profile.temporals().zoned();
    if (none) {
      options.add("timezone: false");
      notes.add("no time zone is written; when you know it, put 'defaultTimezone' for 'timezone'");
    } else if (profile.temporals().unzoned()) {
      notes.add("some values name no time zone and are taken as UTC: see 'defaultTimezone'");
    }
  }

  private void string() {
    if (profile.decimalCommas()) {
      notes.add("looks like numbers with a decimal comma, which are not read as numbers");
    }
    if (profile.numbers().codes()) {
      notes.add("digits with zeros in front: a code, not a number");
      options.add("pattern: '^[0-9]+$'");
    }
    String common = profile.format();
    if (!common.isEmpty()) {
      options.add("format: " + common);
      notes.add("all values are of the format " + common);
    }
    enumerated =
        !profile.values().isEmpty()
            && profile.values().size() <= MOST_ENUM
            && profile.present() >= ENOUGH_ROWS
            && profile.values().size() * 10L <= profile.present()
            && options.isEmpty()
            && !isPersonal();
    if (enumerated) {
      notes.add(
          profile.values().size()
              + (profile.values().size() == 1 ? " value" : " different values")
              + " only: remove the rule if there can be others");
    }
    notes.add(
        profile.shortest() == profile.longest()
            ? profile.longest() + " characters"
            : profile.shortest() + " to " + profile.longest() + " characters");
    if (!enumerated) {
      maxLength();
    }
  }

  private void maxLength() {
    for (int length : LENGTHS) {
      if (length >= profile.longest() * 1.5) {
        options.add("maxLength: " + length);
        return;
      }
    }
  }

  /** Whether values should not be shown: by the name of the column, or by what the values are. */
  boolean isPersonal() {
    return PERSONAL.matcher(profile.column()).matches() || profile.format().equals("email");
  }

  /** Whether every record has a value of the type. */
  boolean required() {
    boolean text = type.equals("string");
    return profile.present() > 0 && profile.absent() == 0 && (text || profile.blank() == 0);
  }

  /** Whether it could be a key. */
  boolean isKeyLike() {
    return required()
        && profile.distinct().unique()
        && profile.present() > 1
        && (type.equals("integer") || type.equals("string"))
        && profile.longest() <= 64;
  }

  boolean isUnique() {
    return profile.present() > 1 && profile.distinct().unique();
  }

  String name() {
    return name;
  }

  String column() {
    return profile.column();
  }

  String type() {
    return type;
  }

  /** What its values are, in words. */
  String kind() {
    return (type.equals("integer") ? "whole number" : type)
        + "s"
        + (format.isEmpty() ? "" : " written as " + format);
  }

  String physicalType() {
    return physicalType;
  }

  /** Lines of {@code logicalTypeOptions}. */
  List<String> options() {
    return options;
  }

  /** The values that there may be; empty for any. */
  List<String> values() {
    return enumerated ? List.copyOf(profile.values().keySet()) : List.of();
  }

  /** The evidence, in one line. */
  String evidence() {
    List<String> parts = new ArrayList<>();
    long all = profile.present() + profile.absent();
    parts.add(
        profile.absent() == 0
            ? String.format(Locale.ROOT, "%,d of %,d records have a value", all, all)
            : String.format(
                Locale.ROOT, "%,d of %,d records have no value", profile.absent(), all));
    parts.addAll(notes);
    if (isUnique()) {
      parts.add("no value twice");
    }
    boolean hidden = isPersonal() || NAMES.matcher(profile.column()).matches();
    if (!hidden && !enumerated && !type.equals("boolean") && !profile.examples().isEmpty()) {
      parts.add("such as " + shown(profile.examples()));
    }
    return String.join("; ", parts);
  }

  private static String shown(List<String> values) {
    return String.join(", ", values.stream().map(Yaml::comment).toList());
  }
}
