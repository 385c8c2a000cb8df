package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Where the schemas of Avro records come from, and where a record's own bytes begin. */
interface AvroSchemas {
  /** Bytes before the record's own. */
  int headerSize();

  /**
   * The schema of a record.
   *
   * @return null after a fault was given
   */
  @Nullable Schema of(byte[] bytes, int from, int to, Consumer<Reason> faults);

  /** One schema for records that consist of nothing but their values. */
  static AvroSchemas only(Schema schema) {
    return new AvroSchemas() {
      @Override
      public int headerSize() {
        return 0;
      }

      @Override
      public Schema of(byte[] bytes, int from, int to, Consumer<Reason> faults) {
        return schema;
      }
    };
  }

  /**
   * Reads a schema.
   *
   * @throws IllegalArgumentException with the reason, when it is none or not that of a record
   */
  static Schema parse(String text) {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("it is not a schema of Avro", e);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "it is a schema of type " + schema.getType().getName() + ", not record");
    }
    return schema;
  }
}
