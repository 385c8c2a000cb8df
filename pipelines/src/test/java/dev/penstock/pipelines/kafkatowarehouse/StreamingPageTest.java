package dev.penstock.pipelines.kafkatowarehouse;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

public class StreamingPageTest {
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`--[^|]*) \\|");
  private static final Pattern FLAG = Pattern.compile("`--(\\w+)`");
  private static final Pattern IN_OPTIONS = Pattern.compile("get(\\w+)");

  @Test
  public void thePageListsEveryFlagOfThePipelineAndNoOther() throws Exception {
    Set<String> expected = new TreeSet<>(Set.of("runner"));
    for (var method : KafkaToWarehouseOptions.class.getMethods()) {
      Matcher getter = IN_OPTIONS.matcher(method.getName());
      if (method.getDeclaringClass().getName().startsWith("dev.penstock.pipelines")
          && getter.matches()) {
        String name = getter.group(1);
        expected.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      }
    }

    assertEquals(expected, listed());
  }

  /** The flags that a table of the section has a line for. */
  private static Set<String> listed() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("penstock.root"), "docs/streaming.md"));
    String section = page.substring(page.indexOf("\n## Flags\n"));
    section = section.substring(0, section.indexOf("\n## ", 1));
    Set<String> listed = new TreeSet<>();
    Matcher cells = FIRST_CELL.matcher(section);
    while (cells.find()) {
      Matcher flags = FLAG.matcher(cells.group(1));
      while (flags.find()) {
        listed.add(flags.group(1));
      }
    }
    return listed;
  }
}
