package dev.penstock.transforms.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranges of a histogram, between edges at round values. Where a few values lie far out, the first
 * or the last range is open, so that the others can be told apart.
 */
final class Bins {
  static final int MOST = 20;
  private static final double FAR = 4;

  private final double[] edges;
  private final List<String> labels;
  private final boolean openBelow;
  private final boolean openAbove;

  Bins(double[] edges, List<String> labels, Range range) {
    this.edges = edges;
    this.labels = labels;
    this.openBelow = range.openBelow();
    this.openAbove = range.openAbove();
  }

  /** What a histogram spans, and whether values lie beyond its ends. */
  record Range(double low, double high, boolean openBelow, boolean openAbove) {

    /** The range of sorted values, without what lies far out. */
    static Range of(double[] sorted) {
      double least = sorted[0];
      double greatest = sorted[sorted.length - 1];
      double low = sorted[(int) (0.01 * (sorted.length - 1))];
      double high = sorted[(int) Math.ceil(0.99 * (sorted.length - 1))];
      double middle = high - low;
      boolean below = middle > 0 && low - least > FAR * middle;
      boolean above = middle > 0 && greatest - high > FAR * middle;
      return new Range(below ? low : least, above ? high : greatest, below, above);
    }
  }

  static Bins ofNumbers(double[] sorted, boolean whole) {
    Range range = Range.of(sorted);
    BigDecimal step = step(range.high() / MOST - range.low() / MOST, whole);
    double width = step.doubleValue();
    BigDecimal edge = BigDecimal.valueOf(Math.floor(range.low() / width)).multiply(step);
    List<Double> edges = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    do {
      edges.add(edge.doubleValue());
      labels.add(number(edge.doubleValue()));
      edge = edge.add(step);
    } while (edges.get(edges.size() - 1) <= range.high() && edges.size() <= 2 * MOST);
    return new Bins(edges.stream().mapToDouble(Double::doubleValue).toArray(), labels, range);
  }

  /** The smallest of 1, 2 and 5 times a power of ten that is not below the width. */
  private static BigDecimal step(double width, boolean whole) {
    double least = Math.max(width, Double.MIN_NORMAL);
    int power = (int) Math.floor(Math.log10(least));
    for (int factor : new int[] {1, 2, 5, 10}) {
      BigDecimal step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
      if (step.doubleValue() >= least) {
        return whole ? step.max(BigDecimal.ONE) : step;
      }
    }
    return BigDecimal.ONE.scaleByPowerOfTen(power + 1);
  }

  /** A number without an exponent where that is short, and without zeros at its end. */
  static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value == 0 ? 0 : value).stripTrailingZeros();
    boolean isShort = Math.abs(value) < 1e15 && exact.scale() <= 9;
    return isShort ? exact.toPlainString() : Double.toString(value);
  }

  /** Counts sorted values into the ranges. */
  List<Distribution.Bar> bars(double[] sorted) {
    int ranges = edges.length - 1;
    long[] counts = new long[ranges];
    int range = 0;
    for (double value : sorted) {
      while (range < ranges - 1 && value >= edges[range + 1]) {
        range++;
      }
      counts[range]++;
    }
    List<Distribution.Bar> bars = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      String from = openBelow && i == 0 ? "" : labels.get(i);
      String to = openAbove && i == ranges - 1 ? "" : labels.get(i + 1);
      bars.add(new Distribution.Bar(from, to, counts[i]));
    }
    return bars;
  }
}
