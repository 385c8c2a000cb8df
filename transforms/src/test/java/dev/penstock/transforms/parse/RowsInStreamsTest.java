package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.Damage.splice;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Rows come to the same whether their members stand in the places of earlier ones or not. */
@RunWith(JUnit4.class)
public class RowsInStreamsTest {
  private static final DataContract CONTRACT =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true",
          "name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: name, logicalType: string, customProperties: [{property: aliases, value: [title]}]",
          "name: paid, logicalType: boolean",
          "name: day, logicalType: date",
          "name: place, logicalType: object, properties:"
              + " [{name: city, logicalType: string}, {name: zip, logicalType: integer}]");

  private static final List<ParseJson> PARSERS =
      List.of(ParseJson.to(CONTRACT), ParseJson.to(CONTRACT).withExtraColumns(ExtraColumns.FAIL));

  private static final List<String> PIECES =
      Damage.piecesAnd(
          "\"id\":5,",
          "\"title\":\"t\",",
          "\"ID\":8,",
          "\"x\":{\"id\":1},",
          "\"city\":null,",
          "\"day\":\"2026-01-01\",");

  private static String row(int number) {
    return ("{\"id\":%d,\"amount\":\"%d.50\",\"name\":\"n%d\",\"paid\":%s,\"day\":\"2026-11-%02d\","
            + "\"place\":{\"city\":\"Ulm\",\"zip\":%d}}")
        .formatted(number, number, number % 5, number % 3 == 0, 1 + number % 28, 89_000 + number);
  }

  @Test
  public void damagedRowsAreReadAsIfEachWereTheFirst() {
    for (ParseJson parse : PARSERS) {
      Random random = new Random(11);
      ParserStream stream = new ParserStream(parse);
      for (int i = 0; i < 10_000; i++) {
        byte[] bytes = row(i).getBytes(UTF_8);
        if (i % 4 > 0) {
          int at = 1 + random.nextInt(bytes.length - 1);
          String piece = PIECES.get(random.nextInt(PIECES.size()));
          bytes = splice(bytes, at, random.nextInt(3), piece.getBytes(UTF_8));
        }
        stream.pass(bytes, bytes.length);
      }
      assertThat(stream.rows(), greaterThan(3_000));
      assertThat(stream.refused(), greaterThan(3_000));
    }
  }

  @Test
  public void theMembersMayChangePlacesAndBeMissingOrThereTwice() {
    for (ParseJson parse : PARSERS) {
      Random random = new Random(12);
      ParserStream stream = new ParserStream(parse);
      List<String> all =
          new ArrayList<>(
              List.of(
                  "\"id\":7",
                  "\"amount\":8.25",
                  "\"name\":\"a\"",
                  "\"title\":\"b\"",
                  "\"NAME\":\"c\"",
                  "\"paid\":true",
                  "\"day\":null",
                  "\"n\\u0061me\":\"d\"",
                  "\"place\":{\"zip\":1,\"city\":\"x\"}",
                  "\"place\":{\"city\":\"x\",\"land\":1}",
                  "\"unknown\":{\"id\":1}",
                  "\"id\":8"));
      for (int i = 0; i < 5_000; i++) {
        if (i % 4 == 0) {
          Collections.shuffle(all, random);
        }
        int count = random.nextInt(4) == 0 ? random.nextInt(all.size() + 1) : 4;
        String members = String.join(",", all.subList(0, count));
        stream.pass("{" + members + "}");
      }
      assertThat(stream.rows(), greaterThan(500));
      assertThat(stream.refused(), greaterThan(1_000));
    }
  }

  @Test
  public void aRowThatIsCutOffIsRefusedWhereverItEnds() {
    for (ParseJson parse : PARSERS) {
      ParserStream stream = new ParserStream(parse);
      for (int i = 0; i < 4; i++) {
        stream.pass(row(i));
      }
      byte[] row = row(5).getBytes(UTF_8);
      for (int to = 1; to < row.length; to++) {
        stream.pass(row, to);
      }
      assertEquals(row.length - 1, stream.refused());
    }
  }

  @Test
  public void rowsOfSeveralKindsMayTakeTurns() {
    for (ParseJson parse : PARSERS) {
      ParserStream stream = new ParserStream(parse);
      for (int i = 0; i < 400; i++) {
        stream.pass(row(i));
        if (i % 7 == 0) {
          stream.pass("{\"id\":" + i + "}");
        }
        if (i % 11 < 4) {
          stream.pass("{ \"id\" : " + i + " , \"title\" : \"t\" }");
          stream.pass("{\"more\":[1],\"id\":" + i + ",\"title\":\"t\"}");
        }
        if (i % 50 > 40) {
          stream.pass("{}");
        }
      }
      assertThat(stream.rows(), greaterThan(600));
    }
  }

  @Test
  public void moreNamesThanAreRememberedAreReadAsWell() {
    StringBuilder wide = new StringBuilder("{\"id\":1");
    for (int i = 0; i < 1_500; i++) {
      wide.append(",\"c").append(i).append("\":").append(i);
    }
    String record = wide.append('}').toString();
    ParserStream stream = new ParserStream(PARSERS.get(0));
    for (int i = 0; i < 3; i++) {
      stream.pass(record);
      stream.pass(row(i));
    }
    assertEquals(6, stream.rows());
  }
}
