package dev.penstock.transforms.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Whatever bytes a contract has, it is read or refused with problems; nothing else happens. */
@RunWith(JUnit4.class)
public final class ContractFuzzTest {
  private static final int ROUNDS = 800;
  private static final List<String> SNIPPETS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          "- ",
          "\n",
          "  ",
          "\t",
          "'",
          "\"",
          "&a ",
          "*a",
          "!!set ",
          "<<: ",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "? ",
          "| ",
          ">\n",
          "null",
          "~",
          "true",
          "-1",
          "1e400",
          "0x1F",
          ".inf",
          ".nan",
          "#",
          "\\",
          "\u0000",
          "\u0085",
          "\ud800",
          "ü",
          "💧",
          "\ufeff",
          "(((((",
          "[a-z",
          "(?<n>",
          "\\1",
          "DECIMAL(",
          "99999999999999999999",
          "properties:",
          "items:",
          "logicalType: object",
          "name: a",
          "quality:",
          "mustBe: ",
          "arguments:",
          "engine: cel",
          "implementation: ",
          " && ",
          " == null",
          "has(",
          "date('",
          "amount / ",
          ".exists(x, ",
          " ? ");

  @Test
  public void anyChangeOfADocumentIsReadOrRefused() throws IOException {
    byte[] yaml = Files.readAllBytes(Path.of("src/test/resources/contract/everything.odcs.yaml"));
    byte[] json = Files.readAllBytes(Path.of("src/test/resources/contract/everything.odcs.json"));
    int refused = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      refused += isRefused(seed, seed % 2 == 0 ? yaml : json) ? 1 : 0;
    }
    assertTrue("Some changes must matter", refused > ROUNDS / 3);
    assertTrue("Some changes must not matter", refused < ROUNDS);
  }

  @Test
  public void noiseIsRefused() {
    for (int seed = 0; seed < 150; seed++) {
      byte[] noise = new byte[seed * 7];
      new Random(seed).nextBytes(noise);
      assertTrue("seed " + seed, isRefused(seed, noise));
    }
  }

  private static boolean isRefused(int seed, byte[] document) {
    byte[] changed = change(new Random(seed), document);
    try {
      DataContract contract = DataContract.parse(ContractSource.decode(changed, "f"), "f");
      assertEquals(
          "seed " + seed, contract.fields().size() + 1, contract.rowSchema().getFieldCount());
      assertFalse("seed " + seed, contract.summary().isEmpty());
      return false;
    } catch (ContractException e) {
      assertFalse("seed " + seed, e.problems().isEmpty());
      e.problems().forEach(problem -> assertTrue(problem, problem.startsWith("f:")));
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ":\n" + new String(changed, UTF_8), e);
    }
  }

  private static byte[] change(Random random, byte[] document) {
    StringBuilder text = new StringBuilder(new String(document, UTF_8));
    for (int i = random.nextInt(4); i >= 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        case 2 -> text.insert(at, text.substring(at, end));
        default -> text.replace(at, end, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
      }
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextInt(10) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
