package dev.penstock.transforms.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Collects which properties of one list are in the primary key or the partitioning, and where.
 *
 * <p>Properties with a position come first, by it; the others follow in order of appearance.
 */
final class KeyPositions {
  private static final int NOT_IN_KEY = 0;
  private static final int LAST = Integer.MAX_VALUE;

  private final boolean topLevel;
  private final List<Integer> primary = new ArrayList<>();
  private final List<Integer> partition = new ArrayList<>();
  private final Set<Integer> primaryTaken = new HashSet<>();
  private final Set<Integer> partitionTaken = new HashSet<>();

  KeyPositions(boolean topLevel) {
    this.topLevel = topLevel;
  }

  /** Reads one property, and says whether it is in the primary key. */
  boolean read(Place place, LogicalType type) {
    int position = read(place, type, "primaryKey", "primaryKeyPosition", primaryTaken);
    primary.add(position);
    partition.add(read(place, type, "partitioned", "partitionKeyPosition", partitionTaken));
    return position != NOT_IN_KEY;
  }

  private int read(
      Place place, LogicalType type, String flag, String positionKey, Set<Integer> taken) {
    boolean inKey = place.flag(flag).orElse(false);
    int position = place.count(positionKey, -1).orElse(-1);
    if (!inKey) {
      if (position > 0) {
        place.problem(
            positionKey,
            "the position has no effect without " + flag,
            "add '" + flag + ": true', or remove the position");
      }
      return NOT_IN_KEY;
    }
    if (!topLevel || type == LogicalType.OBJECT || type == LogicalType.ARRAY) {
      place.problem(
          flag,
          "only a top-level property of a simple type can have " + flag,
          "move it to such a property");
      return NOT_IN_KEY;
    }
    if (position == 0) {
      place.problem(positionKey, "positions start from 1", "count from 1");
    } else if (position > 0 && !taken.add(position)) {
      place.problem(
          positionKey,
          "another property has the position " + position + " already",
          "number the properties of the key 1, 2, 3 …");
    }
    return position > 0 ? position : LAST;
  }

  /** The fields, in the order in which they were read, with their places in the keys. */
  List<ContractField> applyTo(List<ContractField> fields) {
    List<ContractField.Builder> builders = fields.stream().map(ContractField::toBuilder).toList();
    number(primary, (index, place) -> builders.get(index).setPrimaryKeyPosition(place));
    number(partition, (index, place) -> builders.get(index).setPartitionPosition(place));
    return builders.stream().map(ContractField.Builder::build).toList();
  }

  private static void number(List<Integer> positions, ObjIntConsumer<Integer> setter) {
    List<Integer> inKey =
        IntStream.range(0, positions.size())
            .boxed()
            .filter(index -> positions.get(index) != NOT_IN_KEY)
            .sorted(Comparator.comparing(positions::get))
            .toList();
    for (int i = 0; i < inKey.size(); i++) {
      setter.accept(inKey.get(i), i + 1);
    }
  }
}
