package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.bigquery.Route.Call;
import dev.penstock.samples.http.ConnectionReset;
import dev.penstock.samples.http.HttpHandler;
import dev.penstock.samples.http.HttpRequest;
import dev.penstock.samples.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The REST interface: finds the operation, counts it, makes its faults, words its errors. */
final class RestApi implements HttpHandler {
  private static final Logger LOG = Logger.getLogger(RestApi.class.getName());
  private static final String PREFIX = "/bigquery/v2/";
  private static final String FAULTS = "/penstock/faults";
  private static final String HEALTH = "/penstock/health";

  private final List<Route> routes = new ArrayList<>();
  private final Faults faults;
  private final Calls calls;

  RestApi(List<Route> routes, Faults faults, Calls calls) {
    this.routes.addAll(routes);
    this.faults = faults;
    this.calls = calls;
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws IOException {
    try {
      if (request.path().equals(HEALTH)) {
        return HttpResponse.text(200, "ok\n");
      }
      if (request.path().equals(FAULTS)) {
        return faults(request);
      }
      return route(request);
    } catch (ApiException e) {
      return e.code() == 0 ? reset(e) : HttpResponse.json(e.code(), Json.bytes(e.body()));
    } catch (ConnectionReset e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, request.method() + " " + request.path() + " failed", e);
      ApiException error = new ApiException(500, "internalError", e.toString());
      return HttpResponse.json(500, Json.bytes(error.body()));
    }
  }

  private static HttpResponse reset(ApiException e) {
    throw new ConnectionReset(e.message());
  }

  private HttpResponse faults(HttpRequest request) throws IOException {
    switch (request.method()) {
      case "POST" -> faults.addJson(Json.parse(request.body()));
      case "DELETE" -> faults.clear();
      default -> {}
    }
    return HttpResponse.json(200, Json.bytes(faults.json()));
  }

  private HttpResponse route(HttpRequest request) throws IOException {
    if (request.path().startsWith(PREFIX)) {
      List<String> path = Arrays.asList(request.path().substring(PREFIX.length()).split("/", -1));
      for (Route route : routes) {
        Map<String, String> names = route.match(request.method(), path);
        if (names != null) {
          return answer(route, new Call(names, request));
        }
      }
    }
    throw new ApiException(
        404,
        "notFound",
        "The local BigQuery endpoint has no " + request.method() + " " + request.path() + ".");
  }

  private HttpResponse answer(Route route, Call call) throws IOException {
    calls.count(route.operation());
    Fault fault = faults.next(route.operation());
    if (fault != null && !fault.applied()) {
      throw fault.effect().exception();
    }
    ObjectNode answer = route.handler().answer(call);
    if (fault != null) {
      throw fault.effect().exception();
    }
    return response(answer);
  }

  private static HttpResponse response(@Nullable ObjectNode answer) {
    return answer == null ? HttpResponse.of(204) : HttpResponse.json(200, Json.bytes(answer));
  }
}
