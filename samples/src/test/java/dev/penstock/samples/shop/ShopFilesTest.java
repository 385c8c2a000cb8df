package dev.penstock.samples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.samples.kiva.BadRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class ShopFilesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void theSameSettingsGiveTheSameBytesAndTruth() throws IOException {
    List<BadRecord> firstBad = new ArrayList<>();
    List<BadRecord> secondBad = new ArrayList<>();

    Path first = file();
    Path second = file();
    ShopTruth firstTruth = ShopFiles.withSeed(7).rows(2_000).write(first, firstBad::add);
    ShopTruth secondTruth = ShopFiles.withSeed(7).rows(2_000).write(second, secondBad::add);

    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    assertThat(firstBad, equalTo(secondBad));
    assertThat(firstTruth, equalTo(secondTruth));
  }

  @Test
  public void anotherSeedGivesOtherRecords() throws IOException {
    assertThat(Arrays.equals(bytes(7, 10), bytes(8, 10)), is(false));
  }

  @Test
  public void moreRowsContinueTheSameFile() throws IOException {
    byte[] shorter = bytes(7, 1_000);
    byte[] longer = bytes(7, 1_500);

    assertArrayEquals(shorter, Arrays.copyOf(longer, shorter.length));
  }

  @Test
  public void recordsLookLikeThoseOfTheExportAndAreAsLong() throws IOException {
    String text = new String(bytes(7, 10_000), UTF_8);
    List<String> lines = text.lines().toList();

    assertThat(
        lines.get(0),
        equalTo(
            "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
                + "user_session"));
    assertThat(
        lines
            .get(1)
            .matches(
                "2020-09-24 19:57:\\d\\d UTC,view,\\d{6,7},\\d{19},[a-z.]*,[^\"]*,\\d*\\.\\d\\d,"
                    + "\\d{19},[A-Za-z0-9]{10}"),
        is(true));
    assertThat(text, containsString(",\"hahn, berg & co\","));
    assertThat(text, containsString(",\"the \"\"big\"\" one\","));
    assertThat(text.length() / 10_000, greaterThan(95));
    assertThat(text.length() / 10_000, lessThan(130));
  }

  @Test
  public void aFewUsersMakeManyEventsAndMostUsersMakeFew() throws IOException {
    Map<String, Integer> events = new HashMap<>();
    new String(bytes(7, 50_000), UTF_8)
        .lines()
        .skip(1)
        .filter(line -> line.contains(",15159156"))
        .map(line -> line.substring(line.lastIndexOf(",15159156")))
        .forEach(user -> events.merge(user.substring(1, 20), 1, Integer::sum));

    assertThat(events.size(), greaterThan(10_000));
    assertThat(events.values().stream().filter(count -> count == 1).count(), greaterThan(5_000L));
    assertThat(Collections.max(events.values()), greaterThan(100));
  }

  @Test
  public void eachBlockHasOneBadRecordAndAllFaultsTakeTurns() throws IOException {
    List<BadRecord> bad = new ArrayList<>();
    Path file = file();

    ShopTruth truth = ShopFiles.withSeed(7).rows(10_000).write(file, bad::add);

    assertThat(truth.records(), equalTo(10_000L));
    assertThat(truth.bad(), equalTo(100L));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bad.size(); i++) {
      assertThat((bad.get(i).number() - 1) / 100, equalTo((long) i));
      assertThat(bytes[(int) bad.get(i).offset() - 1], equalTo((byte) '\n'));
      assertThat(bad.get(i).reasons(), equalTo(ShopFault.turn(i).reasons()));
    }
    assertThat(bad.size(), greaterThan(EnumSet.allOf(ShopFault.class).size()));
  }

  @Test
  public void theTruthIsWhatTheFileSays() throws IOException {
    Path file = file();
    ShopTruth truth = ShopFiles.withSeed(7).rows(3_000).oneBadIn(0).write(file, bad -> {});
    BigDecimal prices = BigDecimal.ZERO;
    BigDecimal revenue = BigDecimal.ZERO;
    BigDecimal users = BigDecimal.ZERO;
    long unpriced = 0;
    for (String line : Files.readAllLines(file).subList(1, 3_001)) {
      // Quoted brands have a comma; prices and what follows are counted from the end.
      String[] fields = line.split(",", -1);
      String price = fields[fields.length - 3];
      users = users.add(new BigDecimal(fields[fields.length - 2]));
      unpriced += price.isEmpty() ? 1 : 0;
      BigDecimal value = price.isEmpty() ? BigDecimal.ZERO : new BigDecimal(price);
      prices = prices.add(value);
      revenue = fields[1].equals("purchase") ? revenue.add(value) : revenue;
    }

    assertThat(truth.reasons().isEmpty(), is(true));
    assertThat(truth.figures().get("rows"), equalTo(new BigDecimal(3_000)));
    assertThat(truth.figures().get("prices"), equalTo(prices));
    assertThat(truth.figures().get("revenue"), equalTo(revenue));
    assertThat(truth.figures().get("user ids"), equalTo(users));
    assertThat(truth.figures().get("unpriced"), equalTo(BigDecimal.valueOf(unpriced)));
    assertThat(unpriced, greaterThan(0L));
  }

  @Test
  public void impossibleSettingsAreNamed() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ShopFiles.withSeed(1).rows(-1))
            .getMessage(),
        equalTo("The number of rows is -1; give 0 or more"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ShopFiles.withSeed(1).oneBadIn(-3))
            .getMessage(),
        equalTo("One bad record in -3; give 0 or more"));
  }

  private byte[] bytes(long seed, long rows) throws IOException {
    Path file = file();
    ShopTruth truth = ShopFiles.withSeed(seed).rows(rows).write(file, bad -> {});
    assertThat(truth.records(), equalTo(rows));
    return Files.readAllBytes(file);
  }

  private Path file() throws IOException {
    return folder.newFile().toPath();
  }
}
