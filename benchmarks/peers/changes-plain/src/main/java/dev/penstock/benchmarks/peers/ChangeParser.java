package dev.penstock.benchmarks.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Finds in a change event of an order what goes into the tables; skips everything else. */
final class ChangeParser {
  private final JsonFactory json = new JsonFactory();
  private final Image before = new Image();
  private final Image after = new Image();
  private long version;
  private boolean deleted;

  /** A row before or after the change. */
  private static final class Image {
    private long id;
    private long customer;
    private String product;
    private String amount;
    private String status;
    private long created;
    private long updated;
  }

  void parse(byte[] event, CopyRows rows) throws IOException {
    boolean hasAfter = false;
    deleted = false;
    version = -1;
    try (JsonParser parser = json.createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "before" -> image(parser, value, before);
          case "after" -> hasAfter = image(parser, value, after);
          case "source" -> source(parser);
          case "op" -> deleted = parser.getText().equals("d");
          default -> parser.skipChildren();
        }
      }
    }
    if (version < 0) {
      throw new IOException("An event has no lsn");
    }
    row(hasAfter ? after : before, rows);
  }

  private void source(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean lsn = parser.currentName().equals("lsn");
      parser.nextToken();
      if (lsn) {
        version = parser.getLongValue();
      } else {
        parser.skipChildren();
      }
    }
  }

  private static boolean image(JsonParser parser, JsonToken start, Image image)
      throws IOException {
    if (start != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean nothing = parser.nextToken() == JsonToken.VALUE_NULL;
      switch (name) {
        case "order_id" -> image.id = parser.getLongValue();
        case "customer_id" -> image.customer = nothing ? 0 : parser.getLongValue();
        case "product_name" -> image.product = nothing ? null : parser.getText();
        case "amount" -> image.amount = nothing ? null : parser.getText();
        case "status" -> image.status = nothing ? null : parser.getText();
        case "created_at" -> image.created = nothing ? 0 : parser.getLongValue();
        case "updated_at" -> image.updated = nothing ? 0 : parser.getLongValue();
        default -> parser.skipChildren();
      }
    }
    return true;
  }

  private void row(Image image, CopyRows rows) {
    rows.number(image.id);
    rows.number(version);
    rows.flag(deleted);
    if (deleted) {
      // Of what is gone the key alone is told.
      for (int i = 0; i < 6; i++) {
        rows.nothing();
      }
    } else {
      rows.number(image.customer);
      rows.text(image.product);
      rows.text(image.amount);
      rows.text(image.status);
      rows.time(image.created);
      rows.time(image.updated);
    }
    rows.end();
  }
}
