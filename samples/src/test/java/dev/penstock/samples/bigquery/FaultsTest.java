package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.RestClient.PROJECT;
import static dev.penstock.samples.bigquery.RestClient.file;
import static dev.penstock.samples.bigquery.RestClient.jsonLoad;
import static dev.penstock.samples.bigquery.RestClient.refusal;
import static dev.penstock.samples.bigquery.RestClient.schema;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import dev.penstock.samples.bigquery.Fault.Effect;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class FaultsTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final LocalBigQuery endpoint = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private final RestClient client = RestClient.of(endpoint);

  @Before
  public void makeTable() throws IOException {
    client.withDataset().createTable("orders", "id INTEGER", "name STRING");
  }

  @After
  public void stop() {
    endpoint.close();
  }

  @Test
  public void aFaultStrikesAsOftenAsItSays() throws Exception {
    endpoint.faults().add(Fault.on("tables.get", Effect.UNAVAILABLE).times(1));
    endpoint.faults().add(Fault.on("tables.get", Effect.RATE_LIMIT).every(2));

    assertEquals(
        "503 backendError: Visibility check was unavailable. Please retry the request",
        refusal(() -> client.table("orders")));
    assertEquals("orders", client.table("orders").getTableReference().getTableId());
    assertEquals(
        "429 rateLimitExceeded: Exceeded rate limits: too many requests.",
        refusal(() -> client.table("orders")));
    assertEquals(3, endpoint.calls("tables.get"));

    endpoint.faults().clear();
    assertEquals("orders", client.table("orders").getTableReference().getTableId());
  }

  @Test
  public void aJobCanBeDoneThoughItsAnswerIsLost() throws Exception {
    JobConfigurationLoad load =
        jsonLoad("orders", file(temporary.getRoot().toPath(), "1.json", "{\"id\":1}"))
            .setSchema(schema("id INTEGER", "name STRING"));
    endpoint.faults().add(Fault.on("jobs.insert", Effect.RESET).afterApplying().times(1));

    assertThrows(SocketException.class, () -> client.load("job", load));

    assertEquals("DONE", client.api.jobs().get(PROJECT, "job").execute().getStatus().getState());
    assertEquals(
        "409 duplicate: Already Exists: Job my-project:US.job",
        refusal(() -> client.load("job", load)));
    assertEquals("1", client.table("orders").getNumRows().toString());
  }

  @Test
  public void aRunningServiceTakesFaultsByHttp() throws Exception {
    assertEquals(
        "{\"faults\":[{\"operation\":\"tables.get\",\"effect\":\"quota\",\"when\":\"before\","
            + "\"times\":1,\"every\":1,\"struck\":0}]}",
        faults("POST", "{\"operation\":\"tables.get\",\"effect\":\"quota\",\"times\":1}"));
    assertEquals(
        "403 quotaExceeded: Quota exceeded: Your project exceeded quota for this operation.",
        refusal(() -> client.table("orders")));
    assertEquals("{}", faults("DELETE", ""));
    assertEquals(
        "{\"refuseRows\":[{\"field\":\"id\",\"equals\":\"7\",\"message\":\"not today\"}]}",
        faults(
            "POST",
            "{\"refuseRows\":{\"field\":\"id\",\"equals\":\"7\",\"message\":\"not today\"}}"));
  }

  @Test
  public void aWrongFaultIsRefusedWithTheWayOut() throws Exception {
    String answer = faults("POST", "{\"operation\":\"tables.get\",\"effect\":\"boom\"}");

    assertEquals(
        "\"effect\\\" is boom; give one of [unavailable, internal, rate_limit, quota, denied,"
            + " aborted, reset].\"",
        answer.replaceFirst(".*?\"message\":\"\\\\", "").replaceFirst(",\"errors\".*", ""));
  }

  private String faults(String method, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.endpoint() + "/penstock/faults"))
            .method(method, ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
