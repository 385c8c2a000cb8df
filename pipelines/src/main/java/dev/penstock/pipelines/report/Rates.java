package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.ThroughputSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A curve of records per second, from counts that grow in steps: what came with one step is taken
 * to have happened evenly since the step before, but within two seconds at most.
 */
final class Rates {
  private static final int MOST_PARTS = 60;
  private static final double LONGEST_STEP = 2000;

  private record Step(double from, double to, double count) {}

  /** The rate in each of the equal parts of the run. */
  private final double[] perSecond;

  private Rates(double[] perSecond) {
    this.perSecond = perSecond;
  }

  static Rates of(List<ThroughputSample> samples, ToLongFunction<ThroughputSample> counted) {
    double end = Math.max(1, samples.get(samples.size() - 1).elapsed().toMillis());
    int parts = Math.min(MOST_PARTS, Math.max(2, samples.size()));
    double width = end / parts;
    double[] perSecond = new double[parts];
    for (Step step : steps(samples, counted)) {
      double length = Math.max(1e-9, step.to() - step.from());
      for (int i = 0; i < parts; i++) {
        double overlap = Math.min(step.to(), (i + 1) * width) - Math.max(step.from(), i * width);
        if (overlap > 0) {
          perSecond[i] += step.count() * overlap / length * 1000 / width;
        }
      }
    }
    return new Rates(perSecond);
  }

  private static List<Step> steps(
      List<ThroughputSample> samples, ToLongFunction<ThroughputSample> counted) {
    List<Step> steps = new ArrayList<>();
    double lastChange = 0;
    double before = 0;
    long count = 0;
    for (ThroughputSample sample : samples) {
      double now = sample.elapsed().toMillis();
      long grown = counted.applyAsLong(sample) - count;
      if (grown > 0) {
        double from = Math.min(before, Math.max(lastChange, now - LONGEST_STEP));
        steps.add(new Step(from, Math.max(now, from + 1), grown));
        lastChange = now;
        count += grown;
      }
      before = now;
    }
    return steps;
  }

  double peak() {
    double peak = 0;
    for (double rate : perSecond) {
      peak = Math.max(peak, rate);
    }
    return peak;
  }

  /** The smallest round number that is not below the value. */
  static double roundUp(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
      if (factor * power >= value) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** The curve as a path; the rate {@code top} is at its upper edge. */
  String line(double width, double height, double top) {
    StringBuilder path = new StringBuilder();
    double part = width / perSecond.length;
    for (int i = 0; i < perSecond.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(Figures.coordinate((i + 0.5) * part)).append(' ');
      path.append(Figures.coordinate(height - height * perSecond[i] / top));
    }
    return path.toString();
  }

  /** The area below the curve. */
  String area(double width, double height, double top) {
    double part = width / perSecond.length;
    String bottom = Figures.coordinate(height);
    return line(width, height, top)
        + "L"
        + Figures.coordinate(width - 0.5 * part)
        + " "
        + bottom
        + "L"
        + Figures.coordinate(0.5 * part)
        + " "
        + bottom
        + "Z";
  }
}
