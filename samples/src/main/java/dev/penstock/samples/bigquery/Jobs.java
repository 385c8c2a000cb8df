package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.bigquery.BadRecords.TooManyBadRecords;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Jobs. Each runs while it is inserted, so it is DONE when the answer comes; an id is used once,
 * for as long as the endpoint runs.
 */
final class Jobs {
  private final LocalServices services;
  private final Map<String, ObjectNode> jobs = new ConcurrentSkipListMap<>();
  private final Map<String, QueryJob> queries = new ConcurrentHashMap<>();

  Jobs(LocalServices services) {
    this.services = services;
  }

  /** Runs a job and gives its resource. */
  ObjectNode insert(String project, ObjectNode request) {
    ObjectNode configuration = Json.child(request, "configuration");
    JsonNode given = request.path("jobReference");
    String id = given.path("jobId").asText("job_" + UUID.randomUUID());
    if (!id.matches("[\\w-]{1,1024}")) {
      throw ApiException.invalid("Invalid job ID '" + id + "'");
    }
    String location = given.path("location").asText("US");
    Runner runner = runner(project, key(project, id), configuration);
    ObjectNode job =
        Json.object().put("kind", "bigquery#job").put("id", project + ":" + location + "." + id);
    job.set("configuration", configuration);
    job.putObject("jobReference")
        .put("projectId", project)
        .put("jobId", id)
        .put("location", location);
    job.putObject("status").put("state", "RUNNING");
    if (jobs.putIfAbsent(key(project, id), job) != null) {
      throw new ApiException(
          409, "duplicate", "Already Exists: Job " + project + ":" + location + "." + id);
    }
    ObjectNode done = finished(job, runner);
    jobs.put(key(project, id), done);
    return done;
  }

  private Runner runner(String project, String key, ObjectNode configuration) {
    if (jobs.containsKey(key)) {
      // Told as a duplicate, whatever else may be wrong with it.
      return (statistics, errors) -> {};
    }
    if (configuration.has("load")) {
      configuration.put("jobType", "LOAD");
      return new LoadJob(services, project, configuration.get("load"))::run;
    }
    if (configuration.has("copy")) {
      configuration.put("jobType", "COPY");
      CopyJob copy = new CopyJob(services, project, configuration.get("copy"));
      return (statistics, errors) -> copy.run(statistics);
    }
    if (configuration.has("query")) {
      configuration.put("jobType", "QUERY");
      QueryJob query = QueryJob.of(services, project, configuration.get("query"));
      queries.put(key, query);
      return (statistics, errors) -> query.run(statistics, false);
    }
    throw ApiException.notCovered("jobs other than load, query and copy");
  }

  // The resource that others see is never changed: a finished job takes the place of the running.
  private ObjectNode finished(ObjectNode job, Runner runner) {
    ObjectNode done = job.deepCopy();
    ObjectNode statistics = done.putObject("statistics");
    String start = Long.toString(services.clock().millis());
    statistics.put("creationTime", start).put("startTime", start);
    ObjectNode status = done.putObject("status").put("state", "DONE");
    ArrayNode errors = Json.array();
    try {
      runner.run(statistics, errors);
    } catch (TooManyBadRecords e) {
      status.set("errorResult", e.proto());
    } catch (ApiException e) {
      status.set("errorResult", e.proto(null));
      errors.add(e.proto(null));
    }
    if (!errors.isEmpty()) {
      status.set("errors", errors);
    }
    statistics.put("endTime", Long.toString(services.clock().millis()));
    return done;
  }

  ObjectNode get(String project, String id) {
    ObjectNode job = jobs.get(key(project, id));
    if (job == null) {
      throw new ApiException(404, "notFound", "Not found: Job " + project + ":" + id);
    }
    return job;
  }

  List<ObjectNode> list(String project) {
    return jobs.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(project + ":"))
        .map(Map.Entry::getValue)
        .toList();
  }

  QueryJob query(String project, String id) {
    ObjectNode job = get(project, id);
    QueryJob query = queries.get(key(project, id));
    JsonNode error = job.path("status").path("errorResult");
    if (query == null) {
      throw ApiException.invalid("Cannot get query results of a job that is no query: " + id);
    }
    if (error.isObject()) {
      throw new ApiException(400, error.path("reason").asText(), error.path("message").asText());
    }
    return query;
  }

  private static String key(String project, String id) {
    return project + ":" + id;
  }

  private interface Runner {
    void run(ObjectNode statistics, ArrayNode errors);
  }
}
