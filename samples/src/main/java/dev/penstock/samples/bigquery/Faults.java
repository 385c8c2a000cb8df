package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are to be made, and rows that are to be refused, until {@link #clear}. A running
 * service takes them by {@code POST /penstock/faults}, with the same words in JSON.
 */
public final class Faults {
  private final List<Pending> pending = new CopyOnWriteArrayList<>();
  private final List<RefusedRow> refused = new CopyOnWriteArrayList<>();

  Faults() {}

  /** Adds a fault; of several for one operation the first that is due strikes. */
  public void add(Fault fault) {
    pending.add(new Pending(fault, new AtomicLong(), new AtomicLong()));
  }

  /**
   * Refuses every row whose top-level field has this value, whatever way it comes, as if the value
   * did not fit its column.
   */
  public void refuseRows(String field, String value, String message) {
    refused.add(new RefusedRow(field, value, message));
  }

  /** Forgets all faults and refusals. */
  public void clear() {
    pending.clear();
    refused.clear();
  }

  /** The effect that is due at this call of an operation, if any. */
  @Nullable Fault next(String operation) {
    for (Pending one : pending) {
      if (one.fault.operation().equals(operation) && one.isDue()) {
        return one.fault;
      }
    }
    return null;
  }

  /** Refuses a row that is to be refused. */
  void check(List<Column> columns, @Nullable Object[] row) throws InvalidValue {
    for (RefusedRow one : refused) {
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value != null
            && columns.get(i).name().equalsIgnoreCase(one.field)
            && value.toString().equals(one.value)) {
          throw new InvalidValue(columns.get(i).name(), one.message, one.value);
        }
      }
    }
  }

  void addJson(JsonNode json) {
    JsonNode rows = json.path("refuseRows");
    if (rows.isObject()) {
      refuseRows(
          rows.path("field").asText(),
          rows.path("equals").asText(),
          rows.path("message").asText("refused on demand"));
    } else {
      add(Fault.ofJson(json));
    }
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    for (Pending one : pending) {
      json.withArray("faults")
          .addObject()
          .put("operation", one.fault.operation())
          .put("effect", one.fault.effect().name().toLowerCase(Locale.ROOT))
          .put("when", one.fault.applied() ? "after" : "before")
          .put("times", one.fault.times())
          .put("every", one.fault.every())
          .put("struck", one.struck.get());
    }
    for (RefusedRow one : refused) {
      json.withArray("refuseRows")
          .addObject()
          .put("field", one.field)
          .put("equals", one.value)
          .put("message", one.message);
    }
    return json;
  }

  private record Pending(Fault fault, AtomicLong seen, AtomicLong struck) {
    boolean isDue() {
      if (seen.incrementAndGet() % fault.every() != 0) {
        return false;
      }
      return struck.getAndUpdate(count -> Math.min(count + 1, fault.times())) < fault.times();
    }
  }

  private record RefusedRow(String field, String value, String message) {}
}
