/**
 * A local endpoint that speaks BigQuery's protocols, with its tables in DuckDB: for development and
 * tests.
 */
@NullMarked
package dev.penstock.samples.bigquery;

import org.jspecify.annotations.NullMarked;
