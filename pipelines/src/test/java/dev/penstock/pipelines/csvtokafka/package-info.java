/** Tests of the pipeline from files into a topic, as far as they need no Kafka. */
@org.jspecify.annotations.NullMarked
package dev.penstock.pipelines.csvtokafka;
