package dev.penstock.samples.kiva;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.pipelines.cli.Command;
import dev.penstock.samples.services.CommandCall;
import dev.penstock.transforms.ledger.RunOptions;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.Hidden;
import org.junit.Test;

/** Every flag of every sample pipeline is in help, in its template's metadata and in the docs. */
public final class PipelineFlagsTest {
  private static final Set<String> COMMANDS =
      Set.of(
          "lenders-to-warehouse",
          "kiva-loans",
          "kiva-loans-bigquery",
          "kiva-loans-lenders",
          "kiva-loans-lenders-bigquery");

  private static List<Command> pipelines() {
    return ServiceLoader.load(Command.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(command -> command.getClass().getPackageName().startsWith("dev.penstock.samples."))
        .filter(command -> RunOptions.class.isAssignableFrom(command.optionsType()))
        .toList();
  }

  /** Read from the interfaces themselves, and not from what help and metadata are made of. */
  private static Set<String> flags(Class<?> options) {
    Set<String> names = new TreeSet<>();
    for (Method method : options.getMethods()) {
      String name = method.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
      boolean ours = method.getDeclaringClass().getName().startsWith("dev.penstock.");
      boolean getter = method.getParameterCount() == 0 && !name.equals(method.getName());
      if (ours
          && getter
          && !method.isAnnotationPresent(Hidden.class)
          && !name.equals("Submitted")) {
        names.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      }
    }
    return names;
  }

  @Test
  public void everyFlagIsInHelpInTheMetadataAndInTheDocs() throws Exception {
    String docs =
        Files.readString(Path.of(System.getProperty("penstock.root"), "samples/README.md"));
    Set<String> seen = new TreeSet<>();
    for (Command pipeline : pipelines()) {
      seen.add(pipeline.name());
      Set<String> expected = flags(pipeline.optionsType());
      String help = CommandCall.of(List.of("help", pipeline.name())).out();
      CommandCall metadata = CommandCall.of(List.of("template-metadata", pipeline.name()));
      Set<String> described = new TreeSet<>();
      for (JsonNode parameter : new ObjectMapper().readTree(metadata.out()).path("parameters")) {
        String name = parameter.path("name").asText();
        described.add(name);
        assertTrue(name, pipeline.sections().contains(parameter.path("groupName").asText()));
      }
      assertEquals(pipeline.name(), expected, described);
      for (String flag : expected) {
        assertThat(pipeline.name(), help, containsString("  --" + flag + "="));
        assertThat(pipeline.name(), docs, containsString("`--" + flag + "`"));
      }
    }
    assertEquals(new TreeSet<>(COMMANDS), seen);
  }
}
