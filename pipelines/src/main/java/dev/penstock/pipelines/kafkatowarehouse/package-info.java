/** The pipeline {@code kafka-to-warehouse}. */
@NullMarked
package dev.penstock.pipelines.kafkatowarehouse;

import org.jspecify.annotations.NullMarked;
