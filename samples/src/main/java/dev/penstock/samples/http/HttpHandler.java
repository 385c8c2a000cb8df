package dev.penstock.samples.http;

import java.io.IOException;

/** Answers requests; called by several threads at once. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * The answer to a request.
   *
   * @throws ConnectionReset to break the connection instead of answering
   */
  HttpResponse handle(HttpRequest request) throws IOException;
}
