package dev.penstock.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Hands an event's slices to parquet-java, column by column. */
final class EventWriter extends WriteSupport<Line> {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message shop_events {
            required int64 event_time (TIMESTAMP(MICROS,true));
            required binary event_type (STRING);
            required binary product_id (STRING);
            optional binary category_id (STRING);
            optional binary category_code (STRING);
            optional binary brand (STRING);
            optional int64 price (DECIMAL(12,2));
            required binary user_id (STRING);
            optional binary user_session (STRING);
          }
          """);

  private RecordConsumer out;

  static ParquetWriter<Line> open(Path file) throws IOException {
    return new Builder(new LocalOutputFile(file))
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        .build();
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Line event) {
    out.startMessage();
    for (int field = 0; field < Line.FIELDS; field++) {
      if (event.length[field] > 0) {
        String name = SCHEMA.getFieldName(field);
        out.startField(name, field);
        if (field == Line.TIME) {
          out.addLong(event.micros);
        } else if (field == Line.PRICE) {
          out.addLong(event.cents);
        } else {
          out.addBinary(
              Binary.fromReusedByteArray(
                  event.holder(field), event.start[field], event.length[field]));
        }
        out.endField(name, field);
      }
    }
    out.endMessage();
  }

  private static final class Builder extends ParquetWriter.Builder<Line, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Line> getWriteSupport(Configuration configuration) {
      return new EventWriter();
    }
  }
}
