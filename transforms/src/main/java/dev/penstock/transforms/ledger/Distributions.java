package dev.penstock.transforms.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes distributions of sampled values. */
final class Distributions {
  private static final int MOST_TEXTS = 10;
  private static final int MANY_TEXTS = 20;
  private static final int FEW_NUMBERS = 12;

  private Distributions() {}

  static @Nullable Distribution of(ProfiledField field, List<Object> cells, boolean complete) {
    if (cells.isEmpty()) {
      return null;
    }
    if (cells.get(0) instanceof ProfiledValues.Text) {
      return texts(cells, complete);
    }
    double[] numbers = cells.stream().mapToDouble(cell -> (Double) cell).sorted().toArray();
    return switch (field.type()) {
      case "date", "timestamp", "time" -> times(field.type(), numbers, complete);
      case "array" -> numbers(Distribution.Kind.SIZES, numbers, true, complete);
      default ->
          numbers(Distribution.Kind.NUMBERS, numbers, field.type().equals("integer"), complete);
    };
  }

  private static Distribution texts(List<Object> cells, boolean complete) {
    Map<String, Long> counts = new TreeMap<>();
    for (Object cell : cells) {
      counts.merge(((ProfiledValues.Text) cell).shown(), 1L, Long::sum);
    }
    long distinct = cells.stream().distinct().count();
    if (cells.size() >= MANY_TEXTS && distinct > cells.size() / 2) {
      double[] lengths =
          cells.stream()
              .mapToDouble(cell -> ((ProfiledValues.Text) cell).length())
              .sorted()
              .toArray();
      Distribution drawn = numbers(Distribution.Kind.LENGTHS, lengths, true, complete);
      return Distribution.of(
          drawn.kind(),
          drawn.values(),
          complete,
          distinct,
          drawn.least(),
          drawn.greatest(),
          drawn.bars(),
          0);
    }
    List<Distribution.Bar> bars = new ArrayList<>();
    long others = cells.size();
    for (Map.Entry<String, Long> text : mostFrequent(counts)) {
      bars.add(new Distribution.Bar(text.getKey(), text.getKey(), text.getValue()));
      others -= text.getValue();
    }
    return Distribution.of(
        Distribution.Kind.TEXTS, cells.size(), complete, distinct, "", "", bars, others);
  }

  private static List<Map.Entry<String, Long>> mostFrequent(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_TEXTS)
        .toList();
  }

  private static Distribution numbers(
      Distribution.Kind kind, double[] sorted, boolean whole, boolean complete) {
    Set<Double> distinct = distinct(sorted);
    List<Distribution.Bar> bars =
        distinct.size() <= FEW_NUMBERS
            ? single(sorted)
            : Bins.ofNumbers(sorted, whole).bars(sorted);
    return Distribution.of(
        kind,
        sorted.length,
        complete,
        distinct.size(),
        Bins.number(sorted[0]),
        Bins.number(sorted[sorted.length - 1]),
        bars,
        0);
  }

  private static Distribution times(String type, double[] sorted, boolean complete) {
    Bins bins = TimeBins.of(type, sorted);
    return Distribution.of(
        Distribution.Kind.TIMES,
        sorted.length,
        complete,
        distinct(sorted).size(),
        TimeBins.exact(type, sorted[0]),
        TimeBins.exact(type, sorted[sorted.length - 1]),
        bins.bars(sorted),
        0);
  }

  private static Set<Double> distinct(double[] sorted) {
    Set<Double> distinct = new TreeSet<>();
    for (double value : sorted) {
      distinct.add(value);
    }
    return distinct;
  }

  private static List<Distribution.Bar> single(double[] sorted) {
    Map<Double, Long> counts = new TreeMap<>();
    for (double value : sorted) {
      counts.merge(value == 0 ? 0.0 : value, 1L, Long::sum);
    }
    List<Distribution.Bar> bars = new ArrayList<>();
    counts.forEach(
        (value, count) ->
            bars.add(new Distribution.Bar(Bins.number(value), Bins.number(value), count)));
    return bars;
  }
}
