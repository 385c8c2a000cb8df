package dev.penstock.transforms.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a field may take from the change event rather than from the row in it; the value of the
 * custom property {@code changeMetadata}.
 */
public enum ChangeMetadata {
  /** {@code INSERT}, {@code UPDATE}, {@code DELETE} or {@code SNAPSHOT}. */
  OPERATION("operation", LogicalType.STRING),
  /** The event's own letter for it: c, u, d or r. */
  OP("op", LogicalType.STRING),
  /** What orders two changes of one key, as in {@link Change#version}. */
  VERSION("version", LogicalType.INTEGER),
  /** When the change was committed at the source. */
  SOURCE_TIME("sourceTime", LogicalType.TIMESTAMP),
  /** When the change was captured. */
  EVENT_TIME("eventTime", LogicalType.TIMESTAMP),
  /** The transaction's id at the source. */
  TRANSACTION("transaction", LogicalType.STRING, LogicalType.INTEGER),
  /** Whether the event is of a snapshot, and where in it. */
  SNAPSHOT("snapshot", LogicalType.STRING, LogicalType.BOOLEAN),
  /** The table at the source. */
  TABLE("table", LogicalType.STRING),
  /** The schema of that table. */
  SCHEMA("schema", LogicalType.STRING),
  /** The database of that table. */
  DATABASE("database", LogicalType.STRING);

  private final String keyword;
  private final LogicalType type;
  private final LogicalType otherType;

  ChangeMetadata(String keyword, LogicalType type) {
    this(keyword, type, type);
  }

  ChangeMetadata(String keyword, LogicalType type, LogicalType otherType) {
    this.keyword = keyword;
    this.type = type;
    this.otherType = otherType;
  }

  /** Its name in a contract, such as {@code sourceTime}. */
  public String keyword() {
    return keyword;
  }

  /** Logical types that a field may have to take it. */
  List<LogicalType> types() {
    return type == otherType ? List.of(type) : List.of(type, otherType);
  }

  static List<String> keywords() {
    return Arrays.stream(values()).map(ChangeMetadata::keyword).toList();
  }

  static Optional<ChangeMetadata> of(String keyword) {
    return Arrays.stream(values()).filter(value -> value.keyword.equals(keyword)).findFirst();
  }
}
