package dev.penstock.transforms.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ranges of a histogram of times, between edges at whole units of the calendar in UTC. */
final class TimeBins {
  private static final long DAY = 86_400_000;
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** An amount of a unit of time, such as three months. */
  private record Step(int amount, ChronoUnit unit) {
    double millis() {
      return (double) amount * unit.getDuration().toMillis();
    }
  }

  private static final List<Step> STEPS =
      List.of(
          new Step(1, ChronoUnit.SECONDS),
          new Step(5, ChronoUnit.SECONDS),
          new Step(15, ChronoUnit.SECONDS),
          new Step(1, ChronoUnit.MINUTES),
          new Step(5, ChronoUnit.MINUTES),
          new Step(15, ChronoUnit.MINUTES),
          new Step(30, ChronoUnit.MINUTES),
          new Step(1, ChronoUnit.HOURS),
          new Step(3, ChronoUnit.HOURS),
          new Step(6, ChronoUnit.HOURS),
          new Step(12, ChronoUnit.HOURS),
          new Step(1, ChronoUnit.DAYS),
          new Step(7, ChronoUnit.DAYS),
          new Step(1, ChronoUnit.MONTHS),
          new Step(3, ChronoUnit.MONTHS),
          new Step(6, ChronoUnit.MONTHS),
          new Step(1, ChronoUnit.YEARS),
          new Step(2, ChronoUnit.YEARS),
          new Step(5, ChronoUnit.YEARS),
          new Step(10, ChronoUnit.YEARS),
          new Step(50, ChronoUnit.YEARS),
          new Step(100, ChronoUnit.YEARS),
          new Step(500, ChronoUnit.YEARS));

  private TimeBins() {}

  static Bins of(String type, double[] sorted) {
    Bins.Range range = Bins.Range.of(sorted);
    Step step = step(type, range.high() - range.low());
    LocalDateTime edge = floor(dateTime(range.low()), step);
    List<Double> edges = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    do {
      edges.add((double) edge.toInstant(ZoneOffset.UTC).toEpochMilli());
      boolean midnight = type.equals("time") && edge.toLocalDate().toEpochDay() == 1;
      labels.add(midnight ? "24:00" : label(type, edge, step.unit()));
      edge = edge.plus(step.amount(), step.unit());
    } while (edges.get(edges.size() - 1) <= range.high() && edges.size() <= 2 * Bins.MOST);
    return new Bins(edges.stream().mapToDouble(Double::doubleValue).toArray(), labels, range);
  }

  private static Step step(String type, double span) {
    for (Step step : STEPS) {
      boolean fits = span / step.millis() <= Bins.MOST;
      boolean fineEnough = !type.equals("date") || step.millis() >= DAY;
      if (fits && fineEnough) {
        return step;
      }
    }
    return STEPS.get(STEPS.size() - 1);
  }

  private static LocalDateTime dateTime(double millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli((long) millis), ZoneOffset.UTC);
  }

  private static LocalDateTime floor(LocalDateTime time, Step step) {
    int amount = step.amount();
    LocalDate date = time.toLocalDate();
    return switch (step.unit()) {
      case YEARS ->
          LocalDate.of(Math.floorDiv(date.getYear(), amount) * amount, 1, 1).atStartOfDay();
      case MONTHS -> {
        int month = (date.getMonthValue() - 1) / amount * amount + 1;
        yield LocalDate.of(date.getYear(), month, 1).atStartOfDay();
      }
      case DAYS ->
          // Weeks begin on a Monday.
          date.minusDays(amount == 7 ? date.getDayOfWeek().getValue() - 1 : 0).atStartOfDay();
      default -> {
        long unit = (long) step.millis();
        long millis = time.toInstant(ZoneOffset.UTC).toEpochMilli();
        yield dateTime((double) Math.floorDiv(millis, unit) * unit);
      }
    };
  }

  private static String label(String type, LocalDateTime edge, ChronoUnit unit) {
    if (type.equals("time")) {
      return edge.toLocalTime().toString();
    }
    return switch (unit) {
      case YEARS -> String.format(Locale.ROOT, "%04d", edge.getYear());
      case MONTHS -> edge.toLocalDate().toString().replaceFirst("-\\d\\d$", "");
      case DAYS -> edge.toLocalDate().toString();
      case SECONDS -> DATE_AND_SECONDS.format(edge);
      default -> DATE_AND_TIME.format(edge);
    };
  }

  /** A point in time as the field's type shows it. */
  static String exact(String type, double millis) {
    return switch (type) {
      case "date" -> LocalDate.ofEpochDay((long) (millis / DAY)).toString();
      case "time" -> LocalTime.ofNanoOfDay((long) (millis * 1e6)).toString();
      default -> Instant.ofEpochMilli((long) millis).toString();
    };
  }
}
