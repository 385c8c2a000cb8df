/** Files to a topic of Kafka: {@code penstock csv-to-kafka}. */
@NullMarked
package dev.penstock.pipelines.csvtokafka;

import org.jspecify.annotations.NullMarked;
