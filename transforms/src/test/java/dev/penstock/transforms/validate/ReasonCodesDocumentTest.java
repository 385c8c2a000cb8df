package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.RowRule;
import dev.penstock.transforms.contract.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class ReasonCodesDocumentTest {
  @Test
  public void everyKindOfRuleIsDocumented() throws IOException {
    String root = System.getProperty("penstock.root", "..");
    String document = Files.readString(Path.of(root, "docs", "reason-codes.md"));

    assertEquals(
        List.of(),
        Arrays.stream(Rule.Kind.values())
            .filter(kind -> !document.contains("| `" + kind.name() + "` |"))
            .toList());
    assertTrue(document.contains("| `" + RowRule.CODE + "` |"));
  }
}
