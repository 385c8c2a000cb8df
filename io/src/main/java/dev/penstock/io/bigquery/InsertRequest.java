package dev.penstock.io.bigquery;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpContent;
import java.nio.charset.StandardCharsets;

/** The body of a streaming insert, put together from rows that are JSON already. */
final class InsertRequest {
  private final GrowingBytes body = new GrowingBytes(64 << 10);
  private int rows;

  /**
   * A request without rows.
   *
   * @param skipInvalid whether good rows are inserted beside bad ones
   */
  InsertRequest(boolean skipInvalid) {
    body.ascii("{\"skipInvalidRows\":" + skipInvalid + ",\"rows\":[");
  }

  /** Adds a row; one with the same id within a minute or so is inserted once. */
  void add(String id, byte[] json) {
    add(id, json, 0, json.length);
  }

  void add(String id, byte[] json, int from, int length) {
    if (rows++ > 0) {
      body.put(',');
    }
    body.ascii("{\"insertId\":\"");
    body.put(id.getBytes(StandardCharsets.UTF_8));
    body.ascii("\",\"json\":");
    body.put(json, from, length);
    body.put('}');
  }

  int rows() {
    return rows;
  }

  int bytes() {
    return body.size();
  }

  HttpContent content() {
    GrowingBytes whole = body;
    int size = whole.size();
    whole.ascii("]}");
    HttpContent content =
        new ByteArrayContent(
            "application/json; charset=UTF-8", whole.array().clone(), 0, whole.size());
    whole.truncate(size);
    return content;
  }
}
