package dev.penstock.io.kafka;

import dev.penstock.io.file.DeadLetterJson;
import dev.penstock.transforms.deadletter.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Gives the newest dead letter of a key, unless a tombstone is newer. */
final class NewestLetterFn extends DoFn<KV<String, Iterable<KV<Long, byte[]>>>, DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  private final String topic;

  NewestLetterFn(String topic) {
    this.topic = topic;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<KV<Long, byte[]>>> key, OutputReceiver<DeadLetter> out)
      throws IOException {
    KV<Long, byte[]> newest = KV.of(-1L, new byte[0]);
    for (KV<Long, byte[]> each : key.getValue()) {
      newest = each.getKey() > newest.getKey() ? each : newest;
    }
    if (newest.getValue().length == 0) {
      return;
    }
    String json = new String(newest.getValue(), StandardCharsets.UTF_8);
    try {
      out.output(DeadLetterJson.read(json));
    } catch (IOException e) {
      throw new IOException(
          "The record at offset "
              + newest.getKey()
              + " of topic "
              + topic
              + " is not a dead letter. "
              + e.getMessage()
              + ". It begins: "
              + json.substring(0, Math.min(json.length(), SHOWN)),
          e);
    }
  }
}
