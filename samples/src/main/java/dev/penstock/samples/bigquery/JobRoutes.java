package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.bigquery.Route.Call;
import java.io.IOException;
import java.util.List;

/** Operations on jobs and queries. */
final class JobRoutes {
  private static final String JOBS = "projects/{project}/jobs";
  private static final String QUERIES = "projects/{project}/queries";

  private final Jobs jobs;

  private JobRoutes(Jobs jobs) {
    this.jobs = jobs;
  }

  static List<Route> of(LocalServices services) {
    JobRoutes routes = new JobRoutes(new Jobs(services));
    return List.of(
        Route.of("jobs.insert", "POST", JOBS, routes::insert),
        Route.of("jobs.list", "GET", JOBS, routes::list),
        Route.of("jobs.get", "GET", JOBS + "/{job}", routes::get),
        Route.of("jobs.cancel", "POST", JOBS + "/{job}/cancel", routes::cancel),
        Route.of("jobs.getQueryResults", "GET", QUERIES + "/{job}", routes::results),
        Route.of("jobs.query", "POST", QUERIES, routes::query));
  }

  private ObjectNode insert(Call call) throws IOException {
    return jobs.insert(call.project(), call.body());
  }

  private ObjectNode list(Call call) {
    ObjectNode list = Json.object().put("kind", "bigquery#jobList");
    jobs.list(call.project()).forEach(list.withArray("jobs")::add);
    return list;
  }

  private ObjectNode get(Call call) {
    return jobs.get(call.project(), call.name("job"));
  }

  // Jobs are done before anyone could cancel them.
  private ObjectNode cancel(Call call) {
    ObjectNode answer = Json.object().put("kind", "bigquery#jobCancelResponse");
    answer.set("job", jobs.get(call.project(), call.name("job")));
    return answer;
  }

  private ObjectNode results(Call call) {
    ObjectNode job = jobs.get(call.project(), call.name("job"));
    return jobs.query(call.project(), call.name("job"))
        .page(call.pageToken(), call.maxResults())
        .put("kind", "bigquery#getQueryResultsResponse")
        .set("jobReference", job.get("jobReference"));
  }

  private ObjectNode query(Call call) throws IOException {
    ObjectNode request = call.body();
    ObjectNode insert = Json.object();
    insert.putObject("configuration").set("query", request);
    ObjectNode job = jobs.insert(call.project(), insert);
    return jobs.query(call.project(), job.path("jobReference").path("jobId").asText())
        .page(null, request.path("maxResults").asLong(Long.MAX_VALUE >> 1))
        .put("kind", "bigquery#queryResponse")
        .set("jobReference", job.get("jobReference"));
  }
}
