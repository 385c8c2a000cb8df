package dev.penstock.transforms.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.Test;

public class RowProfileTest {
  private static final List<ProfiledField> NUMBER_AND_TEXT =
      List.of(new ProfiledField("n", "integer", false), new ProfiledField("t", "string", false));

  private static RowProfile profile(String type, Object... values) {
    RowProfile profile = RowProfile.of(List.of(new ProfiledField("f", type, false)));
    for (int i = 0; i < values.length; i++) {
      profile.add("a.csv", i, new Object[] {values[i]});
    }
    return profile;
  }

  private static Distribution distribution(String type, Object... values) {
    return profile(type, values).fieldProfiles().get(0).distribution().orElseThrow();
  }

  private static List<String> bars(Distribution distribution) {
    return distribution.bars().stream()
        .map(
            bar ->
                bar.from().equals(bar.to())
                    ? bar.from() + ": " + bar.count()
                    : bar.from() + " to " + bar.to() + ": " + bar.count())
        .toList();
  }

  @Test
  public void presentAndMissingValuesAreCountedExactly() {
    RowProfile profile = RowProfile.of(NUMBER_AND_TEXT);
    for (int i = 0; i < 100_000; i++) {
      profile.add("a.csv", i, new Object[] {(long) i, i % 4 == 0 ? null : "x", "not looked at"});
    }

    List<FieldProfile> fields = profile.fieldProfiles();

    assertEquals(100_000, fields.get(0).present());
    assertEquals(0, fields.get(0).missing());
    assertEquals(75_000, fields.get(1).present());
    assertEquals(25_000, fields.get(1).missing());
    Distribution numbers = fields.get(0).distribution().orElseThrow();
    assertEquals(RowProfile.MOST_SAMPLED, numbers.values());
    assertFalse(numbers.complete());
  }

  @Test
  public void theSampleIsUniform() {
    RowProfile profile = RowProfile.of(NUMBER_AND_TEXT);
    for (int i = 0; i < 100_000; i++) {
      profile.add("a.csv", 50L * i, new Object[] {(long) i, null});
    }
    Distribution numbers = profile.fieldProfiles().get(0).distribution().orElseThrow();
    assertEquals(20, numbers.bars().size());
    for (Distribution.Bar bar : numbers.bars()) {
      assertThat(bar.toString(), bar.count(), greaterThan(60L));
      assertThat(bar.toString(), bar.count(), lessThan(140L));
    }
  }

  @Test
  public void theSameRowsGiveTheSameProfileHoweverTheyAreSplitAndMerged() throws Exception {
    RowProfile whole = RowProfile.of(NUMBER_AND_TEXT);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 20_000).boxed().toList());
    order.forEach(i -> addRow(whole, i));
    byte[] expected = CoderUtils.encodeToByteArray(RowProfileCoder.of(), whole);

    Random random = new Random(7);
    for (int parts : new int[] {1, 3, 50, 997}) {
      Collections.shuffle(order, random);
      List<RowProfile> profiles = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        if (i % (order.size() / parts + 1) == 0) {
          // Half of the parts follow each other on one worker, the others stand alone.
          boolean first = profiles.size() % 2 == 0;
          profiles.add(
              first ? RowProfile.of(NUMBER_AND_TEXT) : profiles.get(profiles.size() - 1).next());
        }
        addRow(profiles.get(profiles.size() - 1), order.get(i));
      }
      Collections.shuffle(profiles, random);
      RowProfile merged = RowProfile.of(NUMBER_AND_TEXT);
      for (RowProfile part : profiles) {
        merged.merge(
            CoderUtils.decodeFromByteArray(
                RowProfileCoder.of(), CoderUtils.encodeToByteArray(RowProfileCoder.of(), part)));
      }
      assertTrue(
          parts + " parts",
          java.util.Arrays.equals(
              expected, CoderUtils.encodeToByteArray(RowProfileCoder.of(), merged)));
      assertEquals(whole.fieldProfiles(), merged.fieldProfiles());
    }
  }

  private static void addRow(RowProfile profile, int i) {
    profile.add(
        i % 2 == 0 ? "a.csv" : "b.csv",
        31L * i,
        new Object[] {i % 10 == 0 ? null : (Long) (long) (i * i % 1000), "text " + i % 17});
  }

  @Test
  public void manySmallPartsOfAWorkerKeepFewRows() {
    RowProfile part = RowProfile.of(NUMBER_AND_TEXT);
    int kept = 0;
    for (int i = 0; i < 200_000; i++) {
      if (i % 100 == 0) {
        kept += part.sample().size();
        part = part.next();
      }
      addRow(part, i);
    }
    assertThat(kept, lessThan(13_000));
  }

  @Test
  public void profilesOfDifferentFieldsCannotBeAddedUp() {
    RowProfile other = RowProfile.of(List.of(new ProfiledField("x", "date", false)));
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> RowProfile.of(NUMBER_AND_TEXT).merge(other));
    assertThat(e.getMessage(), containsString("Profiles of different fields cannot be added up"));
  }

  @Test
  public void noValueOfAMaskedFieldIsKept() throws Exception {
    RowProfile profile =
        RowProfile.of(
            List.of(
                new ProfiledField("mail", "string", true),
                new ProfiledField("terms", "object", false)));
    profile.add("a.csv", 1, new Object[] {"rosa@example.com", "secret in an object"});
    profile.add("a.csv", 2, new Object[] {null, null});

    FieldProfile mail = profile.fieldProfiles().get(0);

    assertEquals(1, mail.present());
    assertTrue(mail.masked());
    assertTrue(mail.distribution().isEmpty());
    String bytes =
        new String(
            CoderUtils.encodeToByteArray(RowProfileCoder.of(), profile),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(bytes, not(containsString("rosa")));
  }

  @Test
  public void fewNumbersHaveABarEach() {
    Distribution stars =
        distribution(
            "number", new BigDecimal("4.50"), new BigDecimal("4.5"), 0.5, new BigDecimal("-1"));
    assertEquals(Distribution.Kind.NUMBERS, stars.kind());
    assertEquals(List.of("-1: 1", "0.5: 1", "4.5: 2"), bars(stars));
    assertEquals("-1", stars.least());
    assertEquals("4.5", stars.greatest());
    assertEquals(3, stars.distinct());
    assertTrue(stars.complete());
  }

  @Test
  public void manyNumbersAreCountedInRoundRanges() {
    Object[] values = IntStream.range(13, 183).mapToObj(i -> (Object) (long) i).toArray();
    Distribution numbers = distribution("integer", values);
    assertEquals("10 to 20: 7", bars(numbers).get(0));
    assertEquals("180 to 190: 3", bars(numbers).get(numbers.bars().size() - 1));
    assertEquals(18, numbers.bars().size());
    assertEquals(170, numbers.bars().stream().mapToLong(Distribution.Bar::count).sum());
  }

  @Test
  public void valuesFarOutDoNotHideTheOthers() {
    Object[] values =
        IntStream.range(0, 1000)
            .mapToObj(i -> (Object) (i == 500 ? 1e12 : i == 501 ? -1e12 : i / 100.0))
            .toArray();
    Distribution numbers = distribution("number", values);
    assertEquals("", numbers.bars().get(0).from());
    assertEquals("", numbers.bars().get(numbers.bars().size() - 1).to());
    assertThat(numbers.bars().size(), greaterThan(9));
    assertEquals(1000, numbers.bars().stream().mapToLong(Distribution.Bar::count).sum());
    assertEquals("1000000000000", numbers.greatest());
  }

  @Test
  public void numbersOfEverySizeAndNoNumbersAtAllAreEndured() {
    Object[] huge =
        IntStream.range(0, 40)
            .mapToObj(i -> (Object) (i % 2 == 0 ? i * 1e306 : i * -1e306))
            .toArray();
    assertEquals(40, bars40(distribution("number", huge)));
    Object[] tiny = IntStream.range(0, 40).mapToObj(i -> (Object) (i * 4.9e-324)).toArray();
    assertEquals(40, bars40(distribution("number", tiny)));
    Object[] longs = IntStream.range(0, 40).mapToObj(i -> (Object) (Long.MAX_VALUE - i)).toArray();
    assertEquals(40, bars40(distribution("integer", longs)));
    assertTrue(
        profile("number", Double.NaN, Double.POSITIVE_INFINITY)
            .fieldProfiles()
            .get(0)
            .distribution()
            .isEmpty());
    assertEquals("1.0E300", distribution("number", new BigDecimal("1E+300")).least());
  }

  private static long bars40(Distribution distribution) {
    return distribution.bars().stream().mapToLong(Distribution.Bar::count).sum();
  }

  @Test
  public void datesTimestampsAndTimesAreCountedByUnitsOfTheCalendar() {
    Object[] days =
        IntStream.range(0, 700)
            .mapToObj(i -> (Object) LocalDate.of(2024, 1, 15).plusDays(i))
            .toArray();
    Distribution dates = distribution("date", days);
    assertEquals(Distribution.Kind.TIMES, dates.kind());
    assertEquals("2024-01 to 2024-04: 77", bars(dates).get(0));
    assertEquals("2024-01-15", dates.least());
    assertEquals("2025-12-14", dates.greatest());

    Object[] instants =
        IntStream.range(0, 100)
            .mapToObj(i -> (Object) Instant.parse("1969-12-31T20:30:00Z").plusSeconds(300L * i))
            .toArray();
    Distribution timestamps = distribution("timestamp", instants);
    assertEquals("1969-12-31 20:30 to 1969-12-31 21:00: 6", bars(timestamps).get(0));
    assertEquals("1969-12-31T20:30:00Z", timestamps.least());

    Distribution times =
        distribution("time", LocalTime.MIDNIGHT, LocalTime.NOON, LocalTime.of(23, 59, 59));
    assertEquals("00:00 to 03:00: 1", bars(times).get(0));
    assertEquals("21:00 to 24:00: 1", bars(times).get(times.bars().size() - 1));
    assertEquals("23:59:59", times.greatest());

    assertEquals("2026-07-01", distribution("date", LocalDate.of(2026, 7, 1)).bars().get(0).from());
    assertTrue(profile("timestamp", Instant.MAX).fieldProfiles().get(0).distribution().isEmpty());
  }

  @Test
  public void theMostFrequentTextsHaveABarEach() {
    Object[] values = IntStream.range(0, 120).mapToObj(i -> (Object) ("t" + (i % 15))).toArray();
    values[1] = "t0";
    Distribution texts = distribution("string", values);
    assertEquals(Distribution.Kind.TEXTS, texts.kind());
    assertEquals("t0: 9", bars(texts).get(0));
    assertEquals(10, texts.bars().size());
    assertEquals(15, texts.distinct());
    assertEquals(120 - 9 - 9 * 8, texts.others());
    assertEquals(List.of("true: 2", "false: 1"), bars(distribution("boolean", true, false, true)));
  }

  @Test
  public void ofTextsThatAreAllDifferentTheLengthsAreCounted() {
    Object[] values = IntStream.range(0, 200).mapToObj(i -> (Object) "😀".repeat(i)).toArray();
    Distribution lengths = distribution("string", values);
    assertEquals(Distribution.Kind.LENGTHS, lengths.kind());
    assertEquals("0 to 10: 10", bars(lengths).get(0));
    assertEquals("199", lengths.greatest());
    assertThat(lengths.distinct(), lessThan(201L));
  }

  @Test
  public void ofListsTheSizesAreCounted() {
    Distribution sizes = distribution("array", List.of("a"), List.of("b", "c"), List.of("d"));
    assertEquals(Distribution.Kind.SIZES, sizes.kind());
    assertEquals(List.of("1: 2", "2: 1"), bars(sizes));
  }

  @Test
  public void bytesThatAreNoProfileAreNamed() throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(RowProfileCoder.of(), profile("integer", 1L));
    bytes[bytes.length - 9] = 9;
    CoderException e =
        assertThrows(
            CoderException.class,
            () -> CoderUtils.decodeFromByteArray(RowProfileCoder.of(), bytes));
    assertEquals("A value of a row profile cannot be of kind 9", e.getMessage());
  }
}
