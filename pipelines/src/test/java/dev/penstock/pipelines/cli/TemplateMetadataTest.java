package dev.penstock.pipelines.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.transforms.ledger.RunOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.options.Hidden;
import org.junit.Test;

public class TemplateMetadataTest {
  /** What the service knows, of which other words would be refused. */
  private static final Set<String> TYPES =
      Set.of("TEXT", "BOOLEAN", "ENUM", "NUMBER", "GCS_READ_FILE", "GCS_WRITE_FILE");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int penstock(String... args) {
    PrintStream stdout = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Penstock.run(Terminal.of(stdout, stderr, false, 100), args);
  }

  private JsonNode metadata(String command) throws Exception {
    out.reset();
    assertEquals(0, penstock("template-metadata", command));
    return new ObjectMapper().readTree(out.toByteArray());
  }

  private static JsonNode parameter(JsonNode metadata, String name) {
    return StreamSupport.stream(metadata.path("parameters").spliterator(), false)
        .filter(parameter -> parameter.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Command> pipelines() {
    List<Command> pipelines = new ArrayList<>();
    for (Command command : ServiceLoader.load(Command.class)) {
      if (RunOptions.class.isAssignableFrom(command.optionsType())) {
        pipelines.add(command);
      }
    }
    return pipelines;
  }

  /** Read from the interfaces themselves, and not from what help and metadata are made of. */
  private static Set<String> flags(Class<?> options) {
    Set<String> names = new TreeSet<>();
    for (Method method : options.getMethods()) {
      String name = method.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
      boolean isOurs = method.getDeclaringClass().getName().startsWith("dev.penstock.");
      if (isOurs
          && method.getParameterCount() == 0
          && !name.equals(method.getName())
          && !method.isAnnotationPresent(Hidden.class)
          && !name.equals("Submitted")) {
        names.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      }
    }
    return names;
  }

  @Test
  public void everyFlagOfEveryPipelineIsInItsMetadataAndInHelp() throws Exception {
    assertFalse("there are pipelines", pipelines().isEmpty());
    for (Command pipeline : pipelines()) {
      Set<String> expected = flags(pipeline.optionsType());
      Set<String> described = new TreeSet<>();
      for (JsonNode parameter : metadata(pipeline.name()).path("parameters")) {
        described.add(parameter.path("name").asText());
      }
      assertEquals(pipeline.name(), expected, described);
      out.reset();
      assertEquals(0, penstock("help", pipeline.name()));
      String help = out.toString(StandardCharsets.UTF_8);
      for (String flag : expected) {
        assertTrue(pipeline.name() + " --" + flag, help.contains("  --" + flag + "="));
      }
    }
  }

  @Test
  public void everyParameterHasWhatAFormNeeds() throws Exception {
    for (Command pipeline : pipelines()) {
      for (JsonNode parameter : metadata(pipeline.name()).path("parameters")) {
        String name = pipeline.name() + " --" + parameter.path("name").asText();
        assertFalse(name, parameter.path("label").asText().isBlank());
        assertFalse(name, parameter.path("helpText").asText().isBlank());
        assertTrue(name, pipeline.sections().contains(parameter.path("groupName").asText()));
        assertTrue(name, TYPES.contains(parameter.path("paramType").asText()));
        JsonNode value = parameter.path("defaultValue");
        for (JsonNode regex : parameter.path("regexes")) {
          boolean holds = value.isMissingNode() || Pattern.matches(regex.asText(), value.asText());
          assertTrue(name + " has a default that its own pattern refuses", holds);
        }
      }
    }
  }

  @Test
  public void typesPatternsAndValuesComeFromTheOptions() throws Exception {
    JsonNode metadata = metadata("csv-to-warehouse");

    assertEquals(
        """
        {"name":"mode","label":"Mode","groupName":"Destination","isOptional":true,\
        "paramType":"ENUM","regexes":["^(append|upsert|history)$"],\
        "enumOptions":[{"value":"append","label":"append"},{"value":"upsert","label":"upsert"},\
        {"value":"history","label":"history"}],"defaultValue":"append"}""",
        without(parameter(metadata, "mode"), "helpText"));
    assertEquals(
        """
        {"name":"maxDeadLetterRate","label":"Max dead letter rate","helpText":"A larger share of\
         dead letters among the records read makes the run fail (exit 1); from 0 to 1. Default: no\
         limit.","groupName":"Account","isOptional":true,"paramType":"NUMBER",\
        "regexes":["^-?[0-9]+([.][0-9]+)?$"]}""",
        parameter(metadata, "maxDeadLetterRate").toString());
    assertEquals("GCS_READ_FILE", parameter(metadata, "contract").path("paramType").asText());
    assertEquals("GCS_WRITE_FILE", parameter(metadata, "report").path("paramType").asText());
    assertFalse(metadata.path("streaming").asBoolean());
  }

  @Test
  public void aDestinationOnThisMachineIsNoDefaultForWorkersElsewhere() throws Exception {
    JsonNode to = parameter(metadata("csv-to-warehouse"), "to");

    assertFalse(to.path("isOptional").asBoolean());
    assertTrue(to.path("defaultValue").isMissingNode());
  }

  private static String without(JsonNode parameter, String field) {
    ((com.fasterxml.jackson.databind.node.ObjectNode) parameter).remove(field);
    return parameter.toString();
  }

  @Test
  public void whatIsNoPipelineHasNoTemplate() {
    assertEquals(2, penstock("template-metadata", "infer"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8)
            .contains("infer is not a pipeline, so no template is made of it."));
  }

  @Test
  public void withoutAPipelineItSaysHowToNameOne() {
    assertEquals(2, penstock("template-metadata"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8)
            .contains("Name one pipeline, such as: penstock template-metadata csv-to-warehouse"));
  }
}
