package dev.penstock.io.kafka;

import java.io.Serializable;

/**
 * Records of a partition between two offsets.
 *
 * @param topic the topic
 * @param partition number of the partition
 * @param from first offset
 * @param to offset behind the last
 */
record OffsetRange(String topic, int partition, long from, long to) implements Serializable {}
