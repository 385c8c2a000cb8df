package dev.penstock.runner.dataflow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TemplateTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private FakeDataflow fake;
  private Loans loans;

  @Before
  public void begin() throws Exception {
    fake = FakeDataflow.start();
    loans = Loans.in(folder.getRoot().toPath());
  }

  @After
  public void end() {
    fake.close();
  }

  @Test
  public void aTemplateIsWrittenWithTheFlagsInItAndNothingIsSubmitted() throws Exception {
    Loans.Call call = loans.load(fake, "--templateLocation=" + loans.path("load.json"));

    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(List.of(), fake.created());
    assertThat(call.err(), containsString("The template is in " + loans.path("load.json")));
    assertThat(
        call.out(),
        containsString("Its figures will be in " + loans.path("tmp") + "/penstock-summary-"));
    JsonNode job = new ObjectMapper().readTree(Files.readString(loans.path("load.json")));
    JsonNode options = job.path("environment").path("sdkPipelineOptions").path("options");
    assertEquals("parquet:" + loans.path("lake"), options.path("to").asText());
    assertTrue(
        "the workers get the staged pipeline",
        Files.exists(Path.of(options.path("pipelineUrl").asText())));
  }

  @Test
  public void aReportThatTheWorkersWouldWriteMustBeWhereTheyCan() {
    List<String> words = new ArrayList<>(loans.flags());
    words.addAll(loans.dataflow(fake));
    words.remove("--workersShareFiles=true");
    words.add("--templateLocation=" + loans.path("load.json"));
    words.add("--report=report.html");

    Loans.Call call = Loans.call("csv-to-warehouse", words);

    assertEquals(2, call.exitCode());
    assertThat(
        call.err().replaceAll("\\s+", " "),
        containsString("--report=report.html is on this machine, and the workers"));
  }
}
