/** Real Kafka, PostgreSQL and Kafka Connect on this machine, without containers. */
@NullMarked
package dev.penstock.samples.streaming;

import org.jspecify.annotations.NullMarked;
