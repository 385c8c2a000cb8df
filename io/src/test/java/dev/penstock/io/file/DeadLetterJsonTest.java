package dev.penstock.io.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.joda.time.Instant;
import org.junit.Test;

public class DeadLetterJsonTest {
  private static String json(DeadLetter letter) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DeadLetterJson.write(letter, out);
    return out.toString(UTF_8);
  }

  @Test
  public void anyLetterIsOneLineAndComesBackEqual() throws IOException {
    for (long seed = 0; seed < 2_000; seed++) {
      DeadLetter letter = letter(new Random(seed));

      String json = json(letter);

      assertEquals("seed " + seed, json.length() - 1, json.indexOf('\n'));
      assertEquals("seed " + seed, -1, json.indexOf('\r'));
      assertEquals("seed " + seed, letter, DeadLetterJson.read(json));
    }
  }

  private static DeadLetter letter(Random random) {
    byte[] payload = new byte[random.nextInt(60)];
    random.nextBytes(payload);
    if (random.nextBoolean()) {
      payload = text(random).getBytes(UTF_8);
    }
    List<String> columns = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      columns.add(text(random));
    }
    List<Reason> reasons = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      reasons.add(Reason.of(text(random), text(random), text(random)));
    }
    Position position =
        Position.of(text(random), random.nextLong(), random.nextLong(), random.nextLong());
    DeadLetter letter =
        DeadLetter.of(SourceRecord.of(position, payload, columns), text(random), reasons)
            .withAttempt(1 + random.nextInt(Integer.MAX_VALUE))
            .withContract(text(random), text(random));
    return random.nextBoolean()
        ? letter
        : letter.withEventTime(Instant.ofEpochMilli(random.nextInt() * 1_000_001L));
  }

  /** Text of characters that JSON, lines or encodings may trip over. */
  private static String text(Random random) {
    int[] alphabet = {
      'a', '"', '\\', '\n', '\r', '\t', 0, 0x1F, 0x7F, 0x85, 0xFC, 0x2028, 0x2029, 0xFEFF, 0xFFFD,
      0xFFFF, 0x6F22, 0x1F600, '{', ','
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  @Test
  public void validUtf8IsKeptAsTextAndAnythingElseAsBase64() throws IOException {
    SourceRecord text = record("ü,\"x\"".getBytes(UTF_8));
    SourceRecord bytes = record(new byte[] {(byte) 0xFF, 0});
    List<Reason> reasons = List.of(Reason.of("CSV_ENCODING", "not UTF-8"));

    assertTrue(
        json(DeadLetter.of(text, "ReadCsv", reasons))
            .endsWith(",\"payloadEncoding\":\"utf-8\",\"payload\":\"ü,\\\"x\\\"\"}\n"));
    assertTrue(
        json(DeadLetter.of(bytes, "ReadCsv", reasons))
            .endsWith(",\"payloadEncoding\":\"base64\",\"payload\":\"/wA=\"}\n"));
  }

  private static SourceRecord record(byte[] payload) {
    return SourceRecord.of(Position.of("a", 0, 0, 1), payload);
  }

  @Test
  public void aPayloadAsLongAsTheLargestRecordComesBack() throws IOException {
    DeadLetter letter =
        DeadLetter.of(
            record("\u0000".repeat(8 << 20).getBytes(UTF_8)),
            "ReadCsv",
            List.of(Reason.of("CSV_NUL", "NUL")));

    assertEquals(letter, DeadLetterJson.read(json(letter)));
  }

  @Test
  public void halfASurrogatePairInAMessageDoesNotStopTheRun() throws IOException {
    DeadLetter letter =
        DeadLetter.of(record(new byte[0]), "S", List.of(Reason.of("X", "f\uD83D", "m\uDE00m")));

    DeadLetter back = DeadLetterJson.read(json(letter));

    assertEquals(List.of(Reason.of("X", "f?", "m?m")), back.reasons());
  }

  @Test
  public void whatIsNoDeadLetterSaysWhy() throws IOException {
    String good =
        json(DeadLetter.of(record(new byte[] {1}), "S", List.of(Reason.of("X", "f", "m"))));

    assertEquals("It has no 'source'", problem("{}"));
    assertEquals("It has no 'source'", problem("[]"));
    assertTrue(problem("{").startsWith("It is not JSON: "));
    assertEquals(
        "Its 'offset' is not a whole number",
        problem(good.replace("\"offset\":0", "\"offset\":0.5")));
    assertEquals("Its 'step' is not a string", problem(good.replace("\"S\"", "null")));
    assertEquals(
        "Its 'payloadEncoding' is 'rot13', neither utf-8 nor base64",
        problem(good.replace("\"utf-8\"", "\"rot13\"")));
    assertTrue(
        problem(good.replace("\"utf-8\"", "\"base64\"")).startsWith("Its 'payload' is not Base64"));
    assertEquals("Its 'reasons' are empty", problem(good.replaceAll("\\[\\{.*\\}\\]", "[]")));
    assertEquals(
        "Its 'eventTime' is not an ISO 8601 time: noon",
        problem(good.replace("\"eventTime\":null", "\"eventTime\":\"noon\"")));
  }

  private static String problem(String line) {
    return String.valueOf(
        assertThrows(IOException.class, () -> DeadLetterJson.read(line)).getMessage());
  }
}
