package dev.penstock.benchmarks.peers;

import org.apache.avro.generic.GenericData;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The shop load as a Flink user writes it who cares for speed: a file source that splits and parses
 * bytes by itself, valid events to Parquet by way of Avro, the others as text with their reasons;
 * everything chained, objects reused, no shuffle.
 *
 * <p>{@code FlinkPeer <csv> <folder of rows> <folder of rejects> <workers>}
 */
public final class FlinkPeer {
  private static final OutputTag<String> REJECTED = new OutputTag<>("rejected") {};

  private FlinkPeer() {}

  public static void main(String[] args) throws Exception {
    Configuration settings = new Configuration();
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    StreamExecutionEnvironment flink =
        StreamExecutionEnvironment.createLocalEnvironment(Integer.parseInt(args[3]), settings);
    flink.setRuntimeMode(RuntimeExecutionMode.BATCH);
    flink.getConfig().enableObjectReuse();
    SingleOutputStreamOperator<Event> valid =
        flink
            .fromSource(
                FileSource.forBulkFileFormat(new EventFormat(), new Path(args[0])).build(),
                WatermarkStrategy.noWatermarks(),
                "events")
            .process(new Judge());
    valid.sinkTo(
        FileSink.forBulkFormat(
                new Path(args[1]),
                new ParquetWriterFactory<Event>(
                    file ->
                        AvroParquetWriter.<Event>builder(file)
                            .withSchema(Event.SCHEMA)
                            .withDataModel(GenericData.get())
                            .withCompressionCodec(CompressionCodecName.SNAPPY)
                            .build()))
            .withBucketAssigner(new BasePathBucketAssigner<>())
            .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".parquet").build())
            .build());
    valid
        .getSideOutput(REJECTED)
        .sinkTo(
            FileSink.forRowFormat(new Path(args[2]), new SimpleStringEncoder<String>())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .build());
    flink.execute("shop");
  }

  /** Valid events go on, the others aside. */
  private static final class Judge extends ProcessFunction<Event, Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Event event, Context context, Collector<Event> out) {
      if (event.rejected == null) {
        out.collect(event);
      } else {
        context.output(REJECTED, event.rejected);
      }
    }
  }
}
