@org.jspecify.annotations.NullMarked
package dev.penstock.pipelines.csvtokafka;
