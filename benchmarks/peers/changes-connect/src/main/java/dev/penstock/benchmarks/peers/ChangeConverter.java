package dev.penstock.benchmarks.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reads the keys and events of orders by a schema that is known beforehand. The sink cannot do
 * without schemas, and the topic has none. Kafka's own JsonConverter would need them in each
 * message, four times as long; this is the cheapest that a user could put in its place.
 */
public final class ChangeConverter implements Converter {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("shop.public.orders.Key")
          .field("order_id", Schema.INT64_SCHEMA)
          .build();
  private static final Schema TIME =
      SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").version(1).optional().build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .name("shop.public.orders.Value")
          .optional()
          .field("order_id", Schema.INT64_SCHEMA)
          .field("customer_id", Schema.OPTIONAL_INT32_SCHEMA)
          .field("product_name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("amount", Schema.OPTIONAL_STRING_SCHEMA)
          .field("status", Schema.OPTIONAL_STRING_SCHEMA)
          .field("created_at", TIME)
          .field("updated_at", TIME)
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .name("io.debezium.connector.postgresql.Source")
          .field("version", Schema.STRING_SCHEMA)
          .field("connector", Schema.STRING_SCHEMA)
          .field("name", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
          .field("db", Schema.STRING_SCHEMA)
          .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
          .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
          .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
          .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name("shop.public.orders.Envelope")
          .version(2)
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("transaction", Schema.OPTIONAL_STRING_SCHEMA)
          .field("op", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
          .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  private final JsonFactory json = new JsonFactory();
  private Schema schema = ENVELOPE;

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    schema = isKey ? KEY : ENVELOPE;
  }

  @Override
  public byte[] fromConnectData(String topic, Schema of, Object value) {
    throw new DataException("Only for sinks");
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    if (value == null) {
      return SchemaAndValue.NULL;
    }
    try (JsonParser parser = json.createParser(value)) {
      parser.nextToken();
      return new SchemaAndValue(schema, value(parser, schema));
    } catch (IOException e) {
      throw new DataException("No event of an order", e);
    }
  }

  private static Object value(JsonParser parser, Schema of) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (of.type()) {
      case STRUCT -> struct(parser, of);
      case INT64 -> parser.getLongValue();
      case INT32 -> parser.getIntValue();
      default -> parser.getText();
    };
  }

  private static Struct struct(JsonParser parser, Schema of) throws IOException {
    Struct struct = new Struct(of);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Field field = of.field(parser.currentName());
      parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        struct.put(field, value(parser, field.schema()));
      }
    }
    return struct;
  }
}
