package dev.penstock.runner.dataflow;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Holds {@code docs/dataflow.md} and the argument file to what the command line takes. */
public class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("penstock.root"));
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\./penstock csv-to-warehouse (?:.*\\\\\\n)*.*$");
  private static final Pattern FLAG = Pattern.compile("--(\\w+)=");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void everyFlagOfTheDocumentedCommandsIsOne() throws Exception {
    String help = Loans.call("help", List.of("csv-to-warehouse", "--all")).out();
    Set<String> documented = new TreeSet<>();
    Matcher commands = COMMAND.matcher(Files.readString(ROOT.resolve("docs/dataflow.md")));
    while (commands.find()) {
      Matcher flags = FLAG.matcher(commands.group());
      while (flags.find()) {
        documented.add(flags.group(1));
      }
    }

    assertFalse("commands are found", documented.isEmpty());
    for (String flag : documented) {
      assertTrue("--" + flag, help.contains("  --" + flag + "="));
    }
  }

  @Test
  public void theArgumentFileSubmitsAJobWithWhatItSays() throws Exception {
    Loans loans = Loans.in(folder.getRoot().toPath());
    String arguments =
        Files.readString(ROOT.resolve("runner-configs/dataflow/job.args"))
            .replace("gs://my-project-penstock/tmp", loans.path("tmp").toString());
    Files.writeString(loans.path("job.args"), arguments);
    try (FakeDataflow fake = FakeDataflow.start()) {
      fake.everyJobEnds(StandInWorkers::run);
      List<String> words = new ArrayList<>(List.of("@" + loans.path("job.args")));
      words.addAll(loans.flags());
      words.addAll(loans.standIns(fake));

      Loans.Call call = Loans.call("csv-to-warehouse", words);

      assertEquals(call.err(), 0, call.exitCode());
      JsonNode environment = fake.created().get(0).path("environment");
      JsonNode workers = environment.path("workerPools").get(0);
      assertEquals(
          "penstock-worker@my-project.iam.gserviceaccount.com",
          environment.path("serviceAccountEmail").asText());
      assertEquals("WORKER_IP_PRIVATE", workers.path("ipConfiguration").asText());
      assertEquals(
          "regions/europe-west1/subnetworks/dataflow", workers.path("subnetwork").asText());
      assertEquals(4, workers.path("autoscalingSettings").path("maxNumWorkers").asInt());
    }
  }
}
