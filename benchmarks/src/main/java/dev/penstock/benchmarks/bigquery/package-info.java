/** What one writes by hand to load the shop's file into BigQuery: Google's clients, no Penstock. */
@NullMarked
package dev.penstock.benchmarks.bigquery;

import org.jspecify.annotations.NullMarked;
