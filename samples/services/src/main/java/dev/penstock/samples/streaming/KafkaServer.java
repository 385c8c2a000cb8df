package dev.penstock.samples.streaming;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** Runs a Kafka broker that is its own controller; its storage is made on the first start. */
final class KafkaServer {
  /** Any identifier will do; a fixed one lets a half-made storage be completed. */
  static final String CLUSTER_ID = "cGVuc3RvY2sta2Fma2EtMQ";

  private KafkaServer() {}

  /** Takes the file of Kafka's settings. */
  public static void main(String[] args) {
    String[] format = {
      "format", "--ignore-formatted", "--cluster-id", CLUSTER_ID, "--config", args[0]
    };
    int code = StorageTool.execute(format, System.out);
    if (code != 0) {
      System.exit(code);
    }
    Kafka.main(args);
  }
}
