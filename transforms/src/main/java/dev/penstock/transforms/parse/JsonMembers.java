package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object and the fields that they belong to: by one of a field's source names
 * exactly, else by one without regard to case. Where several members would do for a field, that
 * with the best name is taken, whatever their order. One instance serves one thread.
 */
final class JsonMembers {
  /** Unknown members of an object that are reported. */
  private static final int MOST_UNKNOWN = 10;

  private static final Member NONE = new Member(-1, Integer.MAX_VALUE, null);
  private static final int NOT_SEEN = Integer.MAX_VALUE;

  private final List<ContractField> fields;
  private final String prefix;
  private final boolean masked;
  private final JsonValue.Reading reading;
  private final boolean failOnUnknown;
  private final JsonValue[] values;
  private final Map<String, Name> exact = new HashMap<>();
  private final Map<String, Name> loose = new HashMap<>();
  private final JsonName.Table<Member> resolved = new JsonName.Table<>(this::member);
  private final int[] ranks;
  private final RareLearning learning = new RareLearning();

  /** What objects consist of as a rule; nothing before one was met. */
  private Step[] path = {};

  /**
   * A name that a field may have.
   *
   * @param field index of the field
   * @param rank place of the name among those of the field, the best first
   */
  private record Name(int field, int rank) {}

  /**
   * A member that was met.
   *
   * @param field index of the field that it belongs to, or -1
   * @param rank as that of its name
   * @param value reads it; null when it belongs to no field
   */
  private record Member(int field, int rank, @Nullable JsonValue value) {}

  /** A member that objects have as a rule, in its place among the others. */
  private record Step(JsonName name, Member member) {}

  JsonMembers(
      List<ContractField> fields, String prefix, boolean masked, JsonValue.Reading reading) {
    this.fields = fields;
    this.prefix = prefix;
    this.masked = masked;
    this.reading = reading;
    this.failOnUnknown = reading.extraColumns() == ExtraColumns.FAIL;
    this.ranks = new int[fields.size()];
    this.values =
        reading.isTyped()
            ? new JsonValue[0]
            : fields.stream().map(field -> value(field, reading)).toArray(JsonValue[]::new);
    int most = fields.stream().mapToInt(field -> field.sourceNames().size()).max().orElse(0);
    for (int rank = 0; rank < most; rank++) {
      for (int i = 0; i < ranks.length; i++) {
        List<String> names = fields.get(i).sourceNames();
        if (rank < names.size()) {
          exact.putIfAbsent(names.get(rank), new Name(i, rank));
          loose.putIfAbsent(key(names.get(rank)), new Name(i, most + rank));
        }
      }
    }
  }

  private JsonValue value(ContractField field, JsonValue.Reading how) {
    return JsonValue.of(field, prefix + field.name(), masked || field.masked(), how);
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the members of the object that the parser stands at the beginning of, and leaves it at
   * the object's end.
   *
   * @param row where the values go
   */
  void read(JsonReader json, @Nullable Object[] row, CellFaults faults)
      throws JsonReader.Unreadable {
    Step[] known = path;
    int walked = 0;
    while (walked < known.length && json.nextMember(known[walked].name())) {
      Member member = known[walked++].member();
      JsonToken token = json.nextValue();
      JsonValue value = member.value();
      if (value == null) {
        json.skipChildren();
      } else {
        row[member.field()] = value.take(token, json, faults);
      }
    }
    if (walked > 0 && walked == known.length && json.endObject()) {
      learning.used();
    } else {
      readFrom(walked, json, row, faults);
    }
  }

  /** Reads what is not as it is as a rule, behind so many members that are. */
  private void readFrom(int walked, JsonReader json, @Nullable Object[] row, CellFaults faults)
      throws JsonReader.Unreadable {
    boolean learns = learning.isDue();
    List<Step> met = new ArrayList<>(learns ? path.length : 0);
    Arrays.fill(ranks, NOT_SEEN);
    for (int i = 0; i < walked; i++) {
      if (learns) {
        met.add(path[i]);
      }
      Member member = path[i].member();
      if (member.field() >= 0) {
        ranks[member.field()] = member.rank();
      }
    }
    int unknown = 0;
    while (json.nextMember()) {
      JsonName name = json.currentName();
      Member member = resolved.get(name);
      var unused = json.nextValue();
      JsonValue value = member.value();
      int seen = value == null ? NOT_SEEN : ranks[member.field()];
      learns &= seen == NOT_SEEN && name.isKept();
      if (learns) {
        met.add(new Step(name, member));
      }
      if (value == null) {
        json.skipChildren();
        learns &= !failOnUnknown && !isUnavailable(name.text());
        if (isUnavailable(name.text())) {
          faults.add(ChangeFaults.unavailable(prefix.substring(0, prefix.length() - 1)));
        } else if (failOnUnknown && !isOfEvent(name.text()) && ++unknown <= MOST_UNKNOWN) {
          faults.add(JsonFaults.unknown(prefix + name.text(), nearest(name.text())));
        }
      } else if (member.rank() == seen) {
        json.skipChildren();
        faults.add(JsonFaults.duplicate(prefix + fields.get(member.field()).name(), name.text()));
      } else if (member.rank() < seen) {
        ranks[member.field()] = member.rank();
        row[member.field()] = value.read(json, faults);
      } else {
        json.skipChildren();
      }
    }
    if (learns) {
      path = met.toArray(new Step[0]);
    }
  }

  private Member member(String name) {
    Name known = exact.get(name);
    known = known == null ? loose.get(key(name)) : known;
    return known == null ? NONE : met(name, known);
  }

  private Member met(String name, Name known) {
    JsonValue value =
        reading.isTyped()
            ? value(fields.get(known.field()), reading.member(name))
            : values[known.field()];
    return new Member(known.field(), known.rank(), value);
  }

  /** What unwrapped change events say beside their rows. */
  private boolean isOfEvent(String name) {
    return reading.changes() != null && prefix.isEmpty() && name.startsWith("__");
  }

  /** Whether the object stands for one that the source did not tell. */
  private boolean isUnavailable(String name) {
    ChangeReading changes = reading.changes();
    return changes != null && !prefix.isEmpty() && name.equals(changes.unavailable());
  }

  private String nearest(String name) {
    String near =
        NearestName.of(name, fields.stream().map(field -> field.sourceNames().get(0)).toList());
    return near == null ? "" : prefix + near;
  }
}
