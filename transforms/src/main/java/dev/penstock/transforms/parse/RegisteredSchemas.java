package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Schemas by the number that each record begins with, in the framing of Confluent's serializers: a
 * zero byte and four bytes of number. One instance serves one thread.
 */
final class RegisteredSchemas implements AvroSchemas {
  private static final int HEADER = 5;
  private static final int MOST_SCHEMAS = 1000;

  /** How long a schema that was not there is not asked for again. */
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final SchemaRegistry registry;
  private final LongSupplier nanos;
  private final Map<Integer, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Answer> eldest) {
          return size() > MOST_SCHEMAS;
        }
      };

  RegisteredSchemas(SchemaRegistry registry) {
    this(registry, System::nanoTime);
  }

  /**
   * Schemas of a registry.
   *
   * @param nanos tells the time
   */
  RegisteredSchemas(SchemaRegistry registry, LongSupplier nanos) {
    this.registry = registry;
    this.nanos = nanos;
  }

  /** A schema, or why there is none and when that was found. */
  private record Answer(@Nullable Schema schema, @Nullable Reason fault, long at) {}

  @Override
  public int headerSize() {
    return HEADER;
  }

  @Override
  public @Nullable Schema of(byte[] bytes, int from, int to, Consumer<Reason> faults) {
    if (to - from < HEADER || bytes[from] != 0) {
      faults.accept(AvroFaults.framing(to == from ? -1 : bytes[from] & 0xFF));
      return null;
    }
    int id = ByteBuffer.wrap(bytes, from + 1, Integer.BYTES).getInt();
    Answer answer = answers.get(id);
    if (answer == null || (answer.schema() == null && nanos.getAsLong() - answer.at() > PAUSE)) {
      answer = ask(id);
      answers.put(id, answer);
    }
    Reason fault = answer.fault();
    if (fault != null) {
      faults.accept(fault);
    }
    return answer.schema();
  }

  private Answer ask(int id) {
    try {
      String text = registry.schema(id);
      return text == null
          ? new Answer(null, AvroFaults.unknownSchema(id), nanos.getAsLong())
          : new Answer(AvroSchemas.parse(text), null, 0);
    } catch (IllegalArgumentException e) {
      return new Answer(
          null, AvroFaults.unusableSchema(id, String.valueOf(e.getMessage())), nanos.getAsLong());
    }
  }
}
