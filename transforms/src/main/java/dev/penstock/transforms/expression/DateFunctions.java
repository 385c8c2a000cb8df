package dev.penstock.transforms.expression;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Days and times of day for CEL, which has instants and durations only. */
final class DateFunctions {
  static final OpaqueType DATE = OpaqueType.create("date");
  static final OpaqueType TIME = OpaqueType.create("time");

  private static final int DAYS_OF_WEEK = 7;

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  DateFunctions() {
    comparisons();
    conversions();
    // Counted as the accessors of CEL's own timestamps are: months and days of the year from 0.
    part(DATE, LocalDate.class, "getFullYear", day -> day.getYear());
    part(DATE, LocalDate.class, "getMonth", day -> day.getMonthValue() - 1);
    part(DATE, LocalDate.class, "getDate", day -> day.getDayOfMonth());
    part(DATE, LocalDate.class, "getDayOfMonth", day -> day.getDayOfMonth() - 1);
    part(
        DATE, LocalDate.class, "getDayOfWeek", day -> day.getDayOfWeek().getValue() % DAYS_OF_WEEK);
    part(DATE, LocalDate.class, "getDayOfYear", day -> day.getDayOfYear() - 1);
    part(TIME, LocalTime.class, "getHours", time -> time.getHour());
    part(TIME, LocalTime.class, "getMinutes", time -> time.getMinute());
    part(TIME, LocalTime.class, "getSeconds", time -> time.getSecond());
    declare(
        "daysBetween",
        CelOverloadDecl.newGlobalOverload("days_between", SimpleType.INT, DATE, DATE));
    bindings.add(
        CelFunctionBinding.from(
            "days_between", LocalDate.class, LocalDate.class, ChronoUnit.DAYS::between));
  }

  @Immutable
  private interface OrderTest {
    boolean holds(int order);
  }

  @Immutable
  private interface Part<T> {
    long of(T value);
  }

  private void comparisons() {
    compare("_<_", "less", order -> order < 0);
    compare("_<=_", "less_equal", order -> order <= 0);
    compare("_>_", "greater", order -> order > 0);
    compare("_>=_", "greater_equal", order -> order >= 0);
  }

  private void compare(String function, String name, OrderTest test) {
    declare(
        function,
        CelOverloadDecl.newGlobalOverload(name + "_date", SimpleType.BOOL, DATE, DATE),
        CelOverloadDecl.newGlobalOverload(name + "_time", SimpleType.BOOL, TIME, TIME));
    bindings.add(
        CelFunctionBinding.from(
            name + "_date",
            LocalDate.class,
            LocalDate.class,
            (a, b) -> test.holds(a.compareTo(b))));
    bindings.add(
        CelFunctionBinding.from(
            name + "_time",
            LocalTime.class,
            LocalTime.class,
            (a, b) -> test.holds(a.compareTo(b))));
  }

  private void conversions() {
    declare(
        "date",
        CelOverloadDecl.newGlobalOverload("string_to_date", DATE, SimpleType.STRING),
        CelOverloadDecl.newGlobalOverload("timestamp_to_date", DATE, SimpleType.TIMESTAMP),
        CelOverloadDecl.newGlobalOverload(
            "timestamp_to_date_in_zone", DATE, SimpleType.TIMESTAMP, SimpleType.STRING));
    declare("time", CelOverloadDecl.newGlobalOverload("string_to_time", TIME, SimpleType.STRING));
    declare(
        "string",
        CelOverloadDecl.newGlobalOverload("date_to_string", SimpleType.STRING, DATE),
        CelOverloadDecl.newGlobalOverload("time_to_string", SimpleType.STRING, TIME));
    bindings.add(
        CelFunctionBinding.from(
            "string_to_date", String.class, text -> read("date", LocalDate::parse, text)));
    bindings.add(
        CelFunctionBinding.from(
            "timestamp_to_date",
            Instant.class,
            instant -> instant.atOffset(ZoneOffset.UTC).toLocalDate()));
    bindings.add(
        CelFunctionBinding.from(
            "timestamp_to_date_in_zone",
            Instant.class,
            String.class,
            (instant, zone) -> instant.atZone(read("time zone", ZoneId::of, zone)).toLocalDate()));
    bindings.add(
        CelFunctionBinding.from(
            "string_to_time", String.class, text -> read("time", LocalTime::parse, text)));
    bindings.add(CelFunctionBinding.from("date_to_string", LocalDate.class, LocalDate::toString));
    bindings.add(CelFunctionBinding.from("time_to_string", LocalTime.class, LocalTime::toString));
  }

  private static <T> T read(String what, Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw new EvaluationFailure("a text that is not a " + what);
    }
  }

  private <T> void part(CelType type, Class<T> values, String name, Part<T> part) {
    String id = (type.equals(DATE) ? "date_" : "time_") + name;
    declare(name, CelOverloadDecl.newMemberOverload(id, SimpleType.INT, type));
    bindings.add(CelFunctionBinding.from(id, values, part::of));
  }

  private void declare(String function, CelOverloadDecl... overloads) {
    declarations.add(CelFunctionDecl.newFunctionDeclaration(function, overloads));
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }
}
