package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.EventSources.event;
import static dev.penstock.transforms.parse.EventSources.source;
import static dev.penstock.transforms.parse.EventSources.sourceFrom;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** A source is taken without being read where it looks like an earlier one. */
@RunWith(JUnit4.class)
public class SourceShapeTest {
  /** Reads an event with a shape, and says whether its source was taken without being read. */
  private static final class Reading {
    private final ChangeFacts facts = new ChangeFacts();
    private final SourceShape shape = new SourceShape(facts);

    boolean take(String event) throws JsonReader.Unreadable {
      JsonReader json = atSource(event, event.getBytes(UTF_8).length);
      JsonReader other = atSource(event, event.getBytes(UTF_8).length);
      int from = json.tokenFrom();
      facts.clear();
      boolean taken = shape.take(json);
      if (taken && shape.endsEvent()) {
        toEnd(other);
      } else if (taken) {
        other.skipChildren();
      } else {
        assertEquals(from, json.tokenFrom());
        toEnd(json);
        toEnd(other);
        shape.learn(json, from);
      }
      assertEquals(rest(other), rest(json));
      return taken;
    }

    /** Goes from the source to the end of the event. */
    private static void toEnd(JsonReader json) throws JsonReader.Unreadable {
      json.skipChildren();
      while (json.nextMember()) {
        var unused = json.nextValue();
        json.skipChildren();
      }
    }

    static JsonReader atSource(String event, int end) throws JsonReader.Unreadable {
      byte[] bytes = event.getBytes(UTF_8);
      JsonReader json = new JsonReader();
      json.reset(bytes, 0, end);
      @Nullable JsonToken token = json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean source = json.currentName().text().equals("source");
        token = json.nextToken();
        if (source) {
          assertEquals(JsonToken.START_OBJECT, token);
          return json;
        }
        json.skipChildren();
      }
      throw new AssertionError(event);
    }

    /** Where the reader stands, and all that it finds from there on. */
    private static List<String> rest(JsonReader json) throws JsonReader.Unreadable {
      List<String> rest = new ArrayList<>();
      @Nullable JsonToken token = json.currentToken();
      while (token != null) {
        rest.add(token + " " + json.tokenFrom() + " " + json.tokenTo() + " " + json.members());
        token = json.nextToken();
      }
      return rest;
    }
  }

  @Test
  public void theNextSourceThatDiffersInItsNumbersIsTaken() throws JsonReader.Unreadable {
    Reading reading = new Reading();
    String source = source(5).replace("1767225600005", "1767225600006");
    assertThat(reading.take(event(source(5))), is(false));
    assertThat(reading.take(event(source)), is(true));
    assertEquals(Long.valueOf(1767225600006L), reading.facts.number(ChangeFact.SOURCE_MS));
    assertEquals(Long.valueOf(9007199254740998L), reading.facts.number(ChangeFact.LSN));
    assertEquals("orders", reading.facts.text(ChangeFact.TABLE));
    assertEquals("800", reading.facts.text(ChangeFact.TRANSACTION));
    assertEquals("false", reading.facts.text(ChangeFact.SNAPSHOT));
  }

  @Test
  public void textsThatWereSeenToDifferMayDiffer() throws JsonReader.Unreadable {
    Reading reading = new Reading();
    assertThat(reading.take(event(source(0, "orders", "null"))), is(false));
    assertThat(reading.take(event(source(1, "customers", "null"))), is(false));
    for (int i = 2; i < 20; i++) {
      assertThat(reading.take(event(source(i, "table" + i, "null"))), is(true));
      assertEquals("table" + i, Objects.requireNonNull(reading.facts.text(ChangeFact.TABLE)));
    }
    assertThat(reading.take(event(source(1, "customers", "7"))), is(false));
  }

  @Test
  public void whatStandsBehindTheEndIsNotTaken() throws JsonReader.Unreadable {
    Reading reading = new Reading();
    String event = event(source(1, "orders", "\"8\""));
    String other = event(source(2, "customers", "\"9\""));
    assertThat(reading.take(event), is(false));
    assertThat(reading.take(other), is(false));
    assertThat(reading.take(event), is(true));
    int behind = event.length();
    for (int end = sourceFrom(event) + 1; end < behind; end++) {
      assertThat(reading.shape.take(Reading.atSource(event, end)), is(false));
    }
    assertThat(reading.shape.take(Reading.atSource(event, behind)), is(true));
  }

  @Test
  public void nestedMembersAreCountedAsWell() throws JsonReader.Unreadable {
    Reading reading = new Reading();
    String event = event(source(1, "orders", "{\"a\":{\"b\":[{\"c\":1}]}}"));
    assertThat(reading.take(event), is(false));
    assertThat(reading.take(event), is(true));
  }

  @Test
  public void whatFollowsTheSourceIsTakenWithIt() throws JsonReader.Unreadable {
    Reading reading = new Reading();
    String first = event(source(1));
    String update = first.replace("\"op\":\"c\"", "\"op\":\"u\"");
    assertThat(reading.take(first), is(false));
    assertThat(reading.take(update), is(false));
    assertThat(reading.take(first.replace("600123", "600124")), is(true));
    assertThat(reading.shape.endsEvent(), is(true));
    assertEquals("c", reading.facts.text(ChangeFact.OP));
    assertEquals(Long.valueOf(1767225600124L), reading.facts.number(ChangeFact.EVENT_MS));
    assertThat(reading.take(update), is(true));
    assertEquals("u", reading.facts.text(ChangeFact.OP));
  }

  @Test
  public void aSourceIsTakenAloneWhereRowsFollow() throws JsonReader.Unreadable {
    Reading reading = new Reading();
    String event = event(source(1)).replace("\"op\"", "\"n\":1,\"before\":null,\"op\"");
    assertThat(reading.take(event), is(false));
    assertThat(reading.take(event), is(true));
    assertThat(reading.shape.endsEvent(), is(false));
    assertThat(reading.take(event.replace("\"n\":1", "\"n\":1.5")), is(true));
  }
}
