/** Reads Kafka's topics, with a position for each record. */
@NullMarked
package dev.penstock.io.kafka;

import org.jspecify.annotations.NullMarked;
