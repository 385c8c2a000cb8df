package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** What {@link ParseDebezium} does to one record. One instance serves one thread. */
final class DebeziumRowParser implements RowParser<RecordBytes>, ParseStep.Parser, JsonTarget {
  private final Schema schema;
  private final int size;
  private final Set<String> key;
  private final EventForm form;
  private final ChangeSchemas schemas;
  private final ChangeFields fields;
  private final JsonText text = new JsonText();

  /** Rows have other names than events, and so a reader of their own, which gets to know them. */
  private final JsonText rowText = new JsonText();

  private final ChangeEvent event = new ChangeEvent(this::readAfter);
  private final CellFaults faults = new CellFaults();
  private final CellFaults faultsAfter = new CellFaults();
  private ChangeSchemas.Images images;

  /** The row after the change, if the event that was read last has one. */
  private @Nullable Object @Nullable [] after;

  private int start;
  private int end;

  DebeziumRowParser(DataContract contract, EventForm form, JsonValue.Reading reading) {
    this.schema = Change.rowSchema(contract);
    this.size = contract.fields().size();
    this.key = contract.primaryKey().stream().map(ContractField::name).collect(Collectors.toSet());
    this.form = form;
    this.schemas = new ChangeSchemas(contract.fields(), reading);
    this.images = schemas.plain();
    this.fields = new ChangeFields(contract);
  }

  @Override
  public void begin(String source, List<String> columns) {
    // Each event has its names with it.
  }

  @Override
  public @Nullable Row parse(RecordBytes record) {
    return parse(record.buffer(), record.from(), record.to(), null);
  }

  @Override
  public @Nullable Row parse(SourceRecord record) {
    byte[] payload = record.payload();
    return parse(payload, 0, payload.length, record);
  }

  @Override
  public @Nullable Row parse(byte[] json, @Nullable SourceRecord record) {
    return parse(json, 0, json.length, record);
  }

  @Override
  public List<Reason> reasons() {
    return faults.reasons();
  }

  private @Nullable Row parse(byte[] bytes, int from, int to, @Nullable SourceRecord record) {
    faults.clear();
    @Nullable Object[] values = from < to && findEvent(bytes, from, to) ? readRow(bytes) : null;
    if (values == null || !faults.isEmpty()) {
      return null;
    }
    values[size] = record == null ? null : record.toRow();
    return Row.withSchema(schema).attachValues(values);
  }

  /**
   * Finds the event in the bytes, reads what it says beside its rows, and notes where it stands and
   * what reads its rows.
   *
   * @return false when there is none, with a fault or because it is a tombstone
   */
  private boolean findEvent(byte[] bytes, int from, int to) {
    ChangeSchemas.Match match = schemas.match(bytes, from, to);
    int brace = match == null ? -1 : lastBrace(bytes, match.payload(), to);
    if (match != null && brace >= 0) {
      readEvent(bytes, match.payload(), brace, match.images());
      if (faults.isEmpty() && event.isObject()) {
        return true;
      }
      // Something else than in earlier events follows the schema; all of it is looked at.
      faults.clear();
    }
    readEvent(bytes, from, to, schemas.plain());
    if (!faults.isEmpty() || event.isNull()) {
      return false;
    }
    if (!event.isObject()) {
      faults.add(JsonFaults.notObject(event.kind()));
      return false;
    }
    return !event.isWrapper() || findWrapped(bytes, from);
  }

  /** Index of the brace that ends the bytes, or -1 when something else does. */
  private static int lastBrace(byte[] bytes, int from, int to) {
    int last = to - 1;
    while (last > from && bytes[last] <= ' ') {
      last--;
    }
    return last > from && bytes[last] == '}' ? last : -1;
  }

  private void readEvent(byte[] bytes, int from, int to, ChangeSchemas.Images readers) {
    begin(from, to, readers);
    text.readAny(bytes, from, to, faults, event::read);
  }

  private void begin(int from, int to, ChangeSchemas.Images readers) {
    start = from;
    end = to;
    images = readers;
    after = null;
  }

  private void readAfter(JsonReader json) throws JsonReader.Unreadable {
    @Nullable Object[] values = new Object[size + 2];
    faultsAfter.clear();
    images.after().read(json, values, faultsAfter);
    after = values;
  }

  private boolean findWrapped(byte[] bytes, int from) {
    EventPart payload = event.payload();
    if (payload.isTwice() || event.schema().isTwice()) {
      faults.add(ChangeFaults.duplicate(payload.isTwice() ? "payload" : "schema"));
      return false;
    }
    if (payload.isNull()) {
      return false;
    }
    ChangeSchemas.Images readers = schemas.of(bytes, from, event.schema(), payload);
    if (readers == null) {
      faults.add(ChangeFaults.noEvent("its schema has a member twice"));
      return false;
    }
    begin(payload.from(), payload.to(), readers);
    text.read(bytes, start, end, faults, event::read);
    return true;
  }

  /** The row of the event, which has been read; null when it has none, by a fault or intention. */
  private @Nullable Object @Nullable [] readRow(byte[] bytes) {
    boolean detect = form == EventForm.DETECT;
    if (form == EventForm.UNWRAPPED || (detect && event.isUnwrapped())) {
      return unwrapped(bytes);
    }
    if (!detect || event.isEnvelope()) {
      return envelope(bytes);
    }
    faults.add(
        ChangeFaults.noEvent(
            "it has neither 'op' beside 'before' or 'after', nor '__op' or '__deleted' beside a"
                + " row. Is it of another topic? Let ExtractNewRecordState add the operation"
                + " (add.fields=op,source.lsn)"));
    return null;
  }

  private @Nullable Object @Nullable [] envelope(byte[] bytes) {
    ChangeFacts facts = event.envelope();
    String op = facts.text(ChangeFact.OP);
    if (op == null) {
      faults.add(ChangeFaults.noEvent("it has no 'op'"));
      return null;
    }
    Operation operation = operation(op, facts);
    if (operation == null) {
      return null;
    }
    boolean gone = operation == Operation.DELETE;
    String name = gone ? "before" : "after";
    EventPart image = gone ? event.before() : event.after();
    if (image.isTwice()) {
      faults.add(ChangeFaults.duplicate(name));
    } else if (image.isNull()) {
      faults.add(ChangeFaults.noImage(op, name));
    } else if (!image.isObject()) {
      faults.add(ChangeFaults.wrongImage(name, image.kind()));
    } else {
      @Nullable Object[] values =
          gone ? image(bytes, image.from(), image.to(), images.before()) : takeAfter();
      finish(values, operation, op, facts);
      return values;
    }
    return null;
  }

  private @Nullable Object @Nullable [] unwrapped(byte[] bytes) {
    ChangeFacts facts = event.besideRow();
    boolean gone = facts.textOrEmpty(ChangeFact.DELETED).equals("true");
    String written = facts.text(ChangeFact.OP);
    String op = gone ? "d" : written == null ? "u" : written;
    Operation operation = operation(op, facts);
    if (operation == null) {
      return null;
    }
    @Nullable Object[] values = image(bytes, start, end, images.row());
    finish(values, operation, op, facts);
    return values;
  }

  /** The operation of a letter; null when no row follows from it, with a fault or on purpose. */
  private @Nullable Operation operation(String op, ChangeFacts facts) {
    Reason problem = facts.problem();
    if (problem != null) {
      faults.add(problem);
      return null;
    }
    return switch (op) {
      case "c" -> Operation.INSERT;
      case "u" -> Operation.UPDATE;
      case "d" -> Operation.DELETE;
      case "r" -> Operation.SNAPSHOT;
      case "m" -> null;
      case "t" -> {
        faults.add(ChangeFaults.truncate(facts.textOrEmpty(ChangeFact.TABLE)));
        yield null;
      }
      default -> {
        faults.add(ChangeFaults.operation(op));
        yield null;
      }
    };
  }

  private @Nullable Object[] image(byte[] bytes, int from, int to, JsonMembers members) {
    @Nullable Object[] values = new Object[size + 2];
    rowText.read(bytes, from, to, faults, (first, json) -> members.read(json, values, faults));
    return values;
  }

  /** The row after the change, which was read with the event. */
  private @Nullable Object[] takeAfter() {
    if (after == null) {
      throw new IllegalStateException("The row after the change was not read");
    }
    faults.addAll(faultsAfter);
    return after;
  }

  private void finish(
      @Nullable Object[] values, Operation operation, String op, ChangeFacts facts) {
    if (operation == Operation.DELETE && !key.isEmpty()) {
      // The row is gone, whatever its other values were.
      faults.keep(reason -> reason.field().isEmpty() || key.contains(reason.field()));
    }
    Change change = new Change(operation, facts.version(), facts.sourceTime());
    fields.fill(values, change, op, facts, faults);
    values[size + 1] = change.toRow();
  }
}
