/** Writing to BigQuery: load jobs, the Storage Write API and streaming inserts. */
@NullMarked
package dev.penstock.io.bigquery;

import org.jspecify.annotations.NullMarked;
