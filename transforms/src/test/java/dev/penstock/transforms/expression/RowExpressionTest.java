package dev.penstock.transforms.expression;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

public class RowExpressionTest {
  private static final Schema PLACE =
      Schema.builder()
          .addNullableField("city", FieldType.STRING)
          .addNullableField("people", FieldType.INT64)
          .build();

  private static final Schema SCHEMA =
      Schema.builder()
          .addNullableField("n", FieldType.INT64)
          .addNullableField("m", FieldType.INT64)
          .addNullableField("amount", FieldType.DECIMAL)
          .addNullableField("paid", FieldType.DECIMAL)
          .addNullableField("rate", FieldType.DOUBLE)
          .addNullableField("text", FieldType.STRING)
          .addNullableField("open", FieldType.BOOLEAN)
          .addNullableField("due", FieldType.logicalType(SqlTypes.DATE))
          .addNullableField("issued", FieldType.logicalType(SqlTypes.DATE))
          .addNullableField("at", FieldType.logicalType(SqlTypes.TIME))
          .addNullableField("posted", FieldType.logicalType(new MicrosInstant()))
          .addNullableField("ended", FieldType.logicalType(new MicrosInstant()))
          .addNullableField("place", FieldType.row(PLACE))
          .addNullableField("tags", FieldType.array(FieldType.STRING.withNullable(true)))
          .addNullableField("prices", FieldType.array(FieldType.DECIMAL.withNullable(true)))
          .addNullableField("places", FieldType.array(FieldType.row(PLACE)))
          .addNullableField("type", FieldType.STRING)
          .addNullableField("int", FieldType.INT64)
          .addNullableField("share", FieldType.FLOAT)
          .addNullableField("größe", FieldType.INT64)
          .build();

  private static final @Nullable Object[] ROW = {
    5L,
    0L,
    new BigDecimal("12.50"),
    new BigDecimal("0.1"),
    0.1,
    "Nairobi",
    true,
    LocalDate.parse("2026-03-01"),
    LocalDate.parse("2026-02-01"),
    LocalTime.parse("08:30:15"),
    Instant.parse("2026-01-01T00:00:00.000001Z"),
    Instant.parse("2026-01-02T00:00:00Z"),
    Row.withSchema(PLACE).addValues("Nyeri", 7L).build(),
    List.of("a", "b"),
    List.of(new BigDecimal("1.10"), new BigDecimal("2")),
    List.of(),
    "loan",
    3L,
    0.5f,
    1L
  };

  private static RowExpression compile(String text) {
    return ExpressionScope.of(SCHEMA, (name, known) -> "use one of " + known.size() + " fields")
        .compile(text);
  }

  private static void holds(String text, @Nullable Object... row) {
    RowExpression expression = compile(text);
    assertNull(text, expression.breach(row.length == 0 ? ROW : row));
    assertNull(
        text,
        expression.breach(
            Row.withSchema(SCHEMA).addValues(Arrays.asList(row.length == 0 ? ROW : row)).build()));
  }

  private static void breaks(String text, @Nullable Object... row) {
    assertEquals(
        text, RowExpression.Breach.BROKEN, compile(text).breach(row.length == 0 ? ROW : row));
  }

  private static void fails(String text, String failure) {
    assertEquals(text, new RowExpression.Breach(failure), compile(text).breach(ROW));
  }

  private static @Nullable Object[] with(int index, @Nullable Object value) {
    @Nullable Object[] row = ROW.clone();
    row[index] = value;
    return row;
  }

  private static List<String> problems(String text) {
    return assertThrows(text, ExpressionException.class, () -> compile(text)).problems().stream()
        .map(p -> p.line() + ":" + p.column() + " " + p.what() + ". Fix: " + p.fix())
        .toList();
  }

  private static void refused(String text, String... problems) {
    assertEquals(text, List.of(problems), problems(text));
  }

  @Test
  public void fieldsOfEveryTypeAreCompared() {
    holds("n > m && text == 'Nairobi' && open && due > issued && ended > posted");
    holds("at < time('09:00') && rate < 0.2 && amount > paid && place.city == 'Nyeri'");
    holds("'a' in tags && size(tags) == 2 && tags.all(tag, tag.size() == 1)");
    holds("prices.exists(price, price == 2) && decimal('1.1') in prices");
    holds("type == 'loan' && int == 3 && share == 0.5");
    breaks("n < m");
    breaks("due <= issued");
    breaks("ended < posted");
    breaks("place.people > n + 2");
    breaks("at >= time('09:00')");
    breaks("amount <= paid");
    breaks("tags.exists(tag, tag == 'c')");
  }

  @Test
  public void decimalsAreExact() {
    holds("paid + paid + paid == 0.3");
    holds("paid * 3 == 0.30 && 0.300 == paid * 3");
    holds("amount == 12.5 && amount != 12.50000000000000000001");
    holds("amount > 12.49999999999999999999 && 12.50000000000000000001 > amount");
    holds("amount * 2 == 25 && 25 == amount * 2 && 2 * amount >= 25");
    holds("-amount < -12 && amount - 0.1 == 12.4 && amount + 1 == 13.5");
    holds("amount > -0.5 && amount > .5 && amount > 1e-3");
    holds("abs(-amount) == amount && abs(-n) == 5 && round(amount * paid, 1) == 1.3");
    holds("divide(amount, decimal(3), 4) == 4.1667 && int(amount) == 12");
    holds("string(amount) == '12.50' && double(amount) == 12.5");
    holds("(open ? amount : paid) == 12.5 && decimal(text.size()) == 7");
    BigDecimal large = new BigDecimal("123456789012345678901234567890.12");
    holds("amount == decimal('123456789012345678901234567890.120')", with(2, large));
    breaks("amount == decimal('123456789012345678901234567890.13')", with(2, large));
  }

  @Test
  public void whatIsNotExactIsRefusedWithTheWayOut() {
    refused(
        "amount > rate",
        "1:8 a decimal is exact and a double is not, so they are not compared or computed with."
            + " Fix: write double() around the decimal to accept that, or declare both fields as"
            + " decimals");
    refused(
        "amount / 3 > 4.0",
        "1:8 '/' does not take (decimal, int). Fix: multiply the other side instead, or write"
            + " divide(a, b, digits), which rounds");
    refused(
        "(open ? amount : 0.0) > 1",
        "1:7 the two sides of ? : have different types: (bool, decimal, double). Fix: write"
            + " decimal('0.5') for the number");
    holds("double(amount) > rate");
  }

  @Test
  public void daysAndInstantsAreComputedWith() {
    holds("daysBetween(issued, due) == 28 && due.getFullYear() == 2026 && due.getMonth() == 2");
    holds("due.getDate() == 1 && due.getDayOfWeek() == 0 && due.getDayOfYear() == 59");
    holds("ended - posted < duration('24h') && ended - posted > duration('23h59m')");
    holds("posted > timestamp('2026-01-01T00:00:00Z')");
    holds("posted + duration('1us') == timestamp('2026-01-01T00:00:00.000002Z')");
    holds("date(posted) == date('2026-01-01') && date(posted, 'America/New_York') < date(posted)");
    holds("posted.getHours('Africa/Nairobi') == 3 && at.getHours() == 8 && at.getSeconds() == 15");
    holds("string(due) == '2026-03-01' && string(at) == '08:30:15'");
  }

  @Test
  public void whatIsComputedFromNullIsUnknownAndCountsAsSatisfied() {
    @Nullable Object[] row = with(0, null);
    holds("n > 3", row);
    holds("n < 3 && m == 0", row);
    holds("!(n < 3)", row);
    holds("n != m", row);
    holds("[n, m] == [m, n]", row);
    holds("n in [1, 2]", row);
    holds("tags.exists(tag, n > 3)", row);
    holds("n / m > 0", row);
    holds("m / m > 0 && n > 1", row);
    holds("n > 3 ? false : false", row);
    breaks("n < 3 && m > 0", row);
    breaks("!(n > 3 || m == 0)", row);
    holds("place.city == 'x'", with(12, null));
    holds("'x' in tags", with(13, Arrays.asList("a", null)));
  }

  @Test
  public void nullCanBeAskedFor() {
    @Nullable Object[] row = with(0, null);
    holds("n == null && m != null && !has(n) && has(m) && null == n", row);
    holds("has(place.city) && place.people != null && has(place)");
    breaks("has(n)", row);
    breaks("type == 'loan' && n != null", row);
    holds("type != 'loan' || n != null");
    holds("has(n) ? n > 3 : type == 'loan'", row);
    holds("place == null && place.city == null", with(12, null));
    holds("places == null || n == 5");
    assertEquals(List.of("amount", "n"), compile("n == null || amount > 0").fields());
    assertEquals(List.of("n"), compile("n == null || n > 0").fields());
  }

  @Test
  public void whatCannotBeComputedIsSaid() {
    fails("n / m > 1", "a division by zero");
    fails("n + 9223372036854775807 > 0", "a whole number beyond 64 bits");
    fails("int(text) > 0", "a text that is not of the form needed");
    fails("decimal(text) > 0", "decimal() of a text that is not a number");
    fails("date(text) > due", "a text that is not a date");
    fails("timestamp(text) > posted", "a text that is not of the form needed");
    fails("divide(amount, decimal(m), 2) > 1", "a division by zero");
    fails("int(amount * decimal('1e30')) > 1", "a whole number beyond 64 bits");
    fails(
        "amount * decimal('1e1000') * decimal('1e9500') > 1",
        "a decimal of more than 10000 digits");
    fails("tags[2] == 'a'", "a place outside of the list or text");
    fails("text.substring(9) == ''", "an argument that the function does not take");
    fails("text.matches(text + '(')", "an argument that the function does not take");
    fails("posted.getHours(text) > 1", "a text that is not of the form needed");
    fails("date(posted, text) > due", "a text that is not a time zone");
    holds("m != 0 && n / m > 1 || text == 'Nairobi'");
  }

  @Test
  public void loopsEnd() {
    String list = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]";
    fails(
        list
            + ".all(a, "
            + list
            + ".all(b, "
            + list
            + ".all(c, "
            + list
            + ".all(d, a + b + c + d > m))))",
        "more than 100000 steps");
  }

  @Test
  public void namesThatNoFieldHasAreRefused() {
    refused("nn > 1", "1:1 there is no field 'nn'. Fix: use one of 22 fields");
    refused(
        "n > 1 &&\n  place.town == text",
        "2:3 there is no field 'place.town'. Fix: use one of 2 fields");
    refused("x.y.z == 1", "1:1 there is no field 'x.y.z'. Fix: use one of 22 fields");
    refused(
        "place == text",
        "1:1 the field 'place' is an object, which has no value of its own. Fix: name a part of it,"
            + " such as place.city");
    refused(
        "places.size() > n",
        "1:1 the field 'places' is a list of objects or lists, which has no value of its own. Fix:"
            + " name another field");
    refused(
        "now() > posted",
        "1:4 there is no function 'now'. Fix: use those that docs/contract.md has");
    refused(
        "tags.all(t, has(t))",
        "1:16 '!=' does not take (string, null). Fix: fields are held against null as in end =="
            + " null");
    refused(
        "tags.all(n, n == 'a')",
        "1:9 the variable 'n' hides the field. Fix: choose another name for it");
  }

  @Test
  public void typesThatDoNotFitAreRefused() {
    refused(
        "n > text",
        "1:3 '>' does not take (int, string). Fix: write int() around the text, as in int('12')");
    refused(
        "due > '2026-01-01' && text.startsWith(n)",
        "1:5 '>' does not take (date, string). Fix: write date() around the text, as in"
            + " date('2026-01-31')",
        "1:38 the function 'startsWith' does not take string.(int). Fix: write int() around the"
            + " text, as in int('12')");
    refused(
        "due > posted",
        "1:5 '>' does not take (date, timestamp). Fix: write date() around the timestamp");
    refused(
        "n + 1 == null",
        "1:10 null stands beside what is not a field. Fix: ask fields for null, as in end == null");
    refused(
        "n + 1", "1:1 the expression gives int, not a condition. Fix: compare, as in start <= end");
    refused(
        "dyn(amount) == n",
        "1:4 dyn() takes the types away. Fix: convert with int(), double() or decimal()");
    refused(
        "amount in [amount, 1]",
        "1:11 the values of a list or map must have one type, else they never equal each other. Fix:"
            + " convert them, as in decimal('12')");
    refused(
        "true || 1 > 2",
        "1:1 the expression names no field, so that it is the same for every row. Fix: name the"
            + " fields that it is about");
  }

  @Test
  public void mistakesInConstantsShowAtOnce() {
    refused(
        "due > date('2026-02-30')",
        "1:11 date() cannot read this (a text that is not a date). Fix: write date('2026-01-31')");
    refused(
        "posted > timestamp('2026-13-01')",
        "1:19 timestamp() cannot read this (a text that is not of the form needed). Fix: write timestamp('2026-01-31T23:59:00Z')");
    refused(
        "text.matches('(')",
        "1:14 this is not a regular expression. Fix: write it in the syntax of RE2");
    refused(
        "n > 1 &&\namount > decimal('x') &&\nat < time('25:00')",
        "2:17 decimal() cannot read this (decimal() of a text that is not a number). Fix: write"
            + " decimal('12.50')",
        "3:10 time() cannot read this (a text that is not a time). Fix: write time('23:59:00')");
  }

  @Test
  public void syntaxErrorsPointAtTheirPlace() {
    String fix = ". Fix: write a condition such as start <= end && amount > 0.5";
    refused("n >", "1:4 the expression ends too early" + fix);
    refused("n = 1", "1:3 '=' cannot stand here. Fix: compare with ==");
    refused("n > 1 and m > 1", "1:7 'and' cannot stand here. Fix: write && for and");
    refused("  ", "1:1 the expression is empty. Fix: write a condition such as start <= end");
    refused(
        "n > 1 || " + "x".repeat(4000),
        "1:1 the expression has more than 4000 characters. Fix: make several rules of it");
    for (String deep : List.of("(".repeat(300), "-(".repeat(150), "n" + "+1".repeat(300) + ">0")) {
      assertEquals(1, problems(deep).size());
    }
    assertNotNull(problems("größe > 1").get(0));
  }
}
