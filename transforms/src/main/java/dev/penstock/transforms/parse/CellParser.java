package dev.penstock.transforms.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.deadletter.Reason;
import org.jspecify.annotations.Nullable;

/** Converts the text of one field to its type. One instance serves one thread. */
abstract class CellParser {
  /** Characters of a value that a message shows. */
  private static final int SHOWN = 80;

  private final String path;
  private final String code;
  private final boolean masked;

  CellParser(String path, String code, boolean masked) {
    this.path = path;
    this.code = code;
    this.masked = masked;
  }

  /** The parser of a top-level field. */
  static CellParser of(ContractField field) {
    return of(field, field.name(), field.masked());
  }

  static CellParser of(ContractField field, String path, boolean masked) {
    return switch (field.logicalType()) {
      case STRING -> new StringCell(path, masked);
      case INTEGER, NUMBER -> NumberCell.of(field, path, masked);
      case BOOLEAN -> new BooleanCell(path, masked);
      case DATE, TIME, TIMESTAMP -> temporal(field, field.format(), path, masked);
      case OBJECT -> new ObjectCell(field, path, masked);
      case ARRAY -> new ArrayCell(field, path, masked);
    };
  }

  /**
   * The parser of a field with days or times.
   *
   * @param format pattern of the text, or empty for ISO 8601
   */
  static CellParser temporal(ContractField field, String format, String path, boolean masked) {
    return switch (field.logicalType()) {
      case DATE -> new DateCell(format, path, masked);
      case TIME -> new TimeCell(format, path, masked);
      case TIMESTAMP -> new TimestampCell(field, format, path, masked);
      default -> throw new IllegalArgumentException(path + " is " + field.logicalType());
    };
  }

  /**
   * The value of a cell that is not blank and has no white space around it (text fields get it as
   * it is); null after a fault was added.
   */
  abstract @Nullable Object parse(String text, CellFaults faults);

  /** The value of a JSON node; by default that of the node's text. */
  @Nullable Object parse(JsonNode node, CellFaults faults) {
    if (node.isNull()) {
      return null;
    }
    if (node.isContainerNode()) {
      return fault(node.toString(), "is not a single value", faults);
    }
    String text = node.asText();
    String stripped = keepsSpace() ? text : text.strip();
    return stripped.isEmpty() && !keepsSpace() ? null : parse(stripped, faults);
  }

  /** Whether white space, and an empty text, are values. */
  boolean keepsSpace() {
    return false;
  }

  final @Nullable Object fault(String value, String what, CellFaults faults) {
    faults.add(Reason.of(code, path, path + ": " + show(value) + " " + what));
    return null;
  }

  private String show(String value) {
    if (masked) {
      return "***";
    }
    StringBuilder shown = new StringBuilder("'");
    int end = Math.min(value.length(), SHOWN);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      shown.append(Character.isISOControl(c) ? '\u00B7' : c);
    }
    return shown.append(end < value.length() ? "…'" : "'").toString();
  }

  /** Text, as it is. */
  private static final class StringCell extends CellParser {
    StringCell(String path, boolean masked) {
      super(path, "TYPE_STRING", masked);
    }

    @Override
    Object parse(String text, CellFaults faults) {
      return text;
    }

    @Override
    @Nullable Object parse(JsonNode node, CellFaults faults) {
      return node.isContainerNode() ? node.toString() : super.parse(node, faults);
    }

    @Override
    boolean keepsSpace() {
      return true;
    }
  }
}
