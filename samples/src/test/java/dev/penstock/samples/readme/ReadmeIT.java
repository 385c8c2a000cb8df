package dev.penstock.samples.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Runs the commands of the README in the order in which it shows them, in a folder of their own, as
 * processes of their own; and holds its snippet to the class that the build compiles.
 */
public class ReadmeIT {
  private static final Path ROOT = Path.of(System.getProperty("penstock.root"));
  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SNIPPET =
      Pattern.compile(
          "<!-- snippet: (\\S+) -->\n```java\n(.*?)```\n<!-- end of snippet -->", Pattern.DOTALL);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String readme = "";
  private File home = new File(".");

  @Before
  public void setUp() throws IOException {
    readme = Files.readString(ROOT.resolve("README.md"));
    home = folder.getRoot();
    Files.createSymbolicLink(home.toPath().resolve("samples"), ROOT.resolve("samples"));
  }

  @Test
  public void everyCommandOfTheReadmeWorksAsShown() throws Exception {
    List<String> commands = commands();
    assertThat(commands.size(), greaterThan(5));
    for (String command : commands) {
      Result result = run("dev.penstock.pipelines.cli.Penstock", words(command));
      assertEquals(command + "\n" + result.output(), 0, result.exitCode());
    }
    try (Stream<Path> left = Files.list(home.toPath())) {
      assertEquals(
          List.of("penstock-demo", "rejects", "report.json", "samples", "tour.duckdb"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  public void theSnippetIsTheClassThatIsCompiled() throws Exception {
    Matcher snippet = SNIPPET.matcher(readme);
    assertEquals("README.md has no snippet", true, snippet.find());
    String source = Files.readString(ROOT.resolve(snippet.group(1)));
    assertEquals(source.substring(source.indexOf("/** Loads orders")), snippet.group(2));
  }

  @Test
  public void theSnippetRunsAndComputesExactTotals() throws Exception {
    Result result = run(OrdersWithTotals.class.getName(), List.of());
    assertEquals(result.output(), 0, result.exitCode());
    assertThat(result.output(), containsString("MINIMUM"));
    assertThat(result.output(), containsString("TYPE_NUMBER"));
    List<String> totals = new ArrayList<>();
    try (var connection =
            java.sql.DriverManager.getConnection(
                "jdbc:duckdb:" + home.toPath().resolve("orders.duckdb"));
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT order_id, total FROM order_totals ORDER BY order_id")) {
      while (rows.next()) {
        totals.add(rows.getLong(1) + ": " + rows.getBigDecimal(2).toPlainString());
      }
    }
    assertEquals(List.of("1: 199.98", "2: 25.50"), totals);
  }

  private List<String> commands() {
    List<String> commands = new ArrayList<>();
    Matcher blocks = CONSOLE.matcher(readme);
    while (blocks.find()) {
      blocks.group(1).lines().filter(line -> line.startsWith("./penstock ")).forEach(commands::add);
    }
    return commands;
  }

  private static List<String> words(String command) {
    String withoutComment = command.replaceFirst("\\s+#.*$", "");
    return List.of(withoutComment.split("\\s+")).stream().skip(1).toList();
  }

  private record Result(int exitCode, String output) {}

  private Result run(String mainClass, List<String> args) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    // Each lasts seconds: code that C1 makes is done sooner than C2's.
    command.addAll(List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"));
    command.add(
        "-Djava.util.logging.config.file=" + ROOT + "/runner-configs/logging-test.properties");
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens="))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(args);
    Process process = new ProcessBuilder(command).directory(home).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }
}
