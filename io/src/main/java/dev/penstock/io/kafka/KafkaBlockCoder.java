package dev.penstock.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.kafka.common.TopicPartition;

/**
 * Topic, partition, number of records; then each offset and time as a difference, and the value.
 */
final class KafkaBlockCoder extends CustomCoder<KafkaBlock> {
  private static final long serialVersionUID = 1L;
  private static final KafkaBlockCoder INSTANCE = new KafkaBlockCoder();
  private static final VarLongCoder LONGS = VarLongCoder.of();
  private static final VarIntCoder INTS = VarIntCoder.of();

  private KafkaBlockCoder() {}

  static KafkaBlockCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(KafkaBlock block, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(block.partition().topic(), out);
    INTS.encode(block.partition().partition(), out);
    INTS.encode(block.size(), out);
    LONGS.encode(block.from(), out);
    long offset = block.from();
    long time = 0;
    for (int i = 0; i < block.size(); i++) {
      LONGS.encode(block.offset(i) - offset, out);
      LONGS.encode(block.time(i) - time, out);
      offset = block.offset(i);
      time = block.time(i);
      ByteArrayCoder.of().encode(block.value(i), out);
    }
  }

  @Override
  public KafkaBlock decode(InputStream in) throws IOException {
    TopicPartition partition = new TopicPartition(StringUtf8Coder.of().decode(in), INTS.decode(in));
    int size = INTS.decode(in);
    long[] offsets = new long[size];
    long[] times = new long[size];
    byte[][] values = new byte[size][];
    long from = LONGS.decode(in);
    long offset = from;
    long time = 0;
    for (int i = 0; i < size; i++) {
      offset += LONGS.decode(in);
      time += LONGS.decode(in);
      offsets[i] = offset;
      times[i] = time;
      values[i] = ByteArrayCoder.of().decode(in);
    }
    return new KafkaBlock(partition, from, offsets, times, values);
  }

  @Override
  public void verifyDeterministic() {}
}
