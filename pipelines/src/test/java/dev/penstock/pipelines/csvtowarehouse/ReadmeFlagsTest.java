package dev.penstock.pipelines.csvtowarehouse;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

public class ReadmeFlagsTest {
  private static final Pattern IN_README = Pattern.compile("`--(\\w+)`");
  private static final Pattern IN_OPTIONS = Pattern.compile("get(\\w+)");

  @Test
  public void theReadmeListsEveryFlagOfThePipelineAndNoOther() throws Exception {
    Set<String> expected = new TreeSet<>(Set.of("runner"));
    for (var method : CsvToWarehouseOptions.class.getMethods()) {
      Matcher getter = IN_OPTIONS.matcher(method.getName());
      if (method.getDeclaringClass().getName().startsWith("dev.penstock.pipelines")
          && getter.matches()) {
        String name = getter.group(1);
        expected.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      }
    }
    Set<String> listed = new TreeSet<>();
    Matcher flags =
        IN_README.matcher(
            Files.readString(Path.of(System.getProperty("penstock.root"), "README.md")));
    while (flags.find()) {
      listed.add(flags.group(1));
    }
    assertEquals(expected, listed);
  }
}
