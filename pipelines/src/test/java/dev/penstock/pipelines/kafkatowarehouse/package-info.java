/** Tests of the streaming pipeline's flags, plan and page. */
@org.jspecify.annotations.NullMarked
package dev.penstock.pipelines.kafkatowarehouse;
