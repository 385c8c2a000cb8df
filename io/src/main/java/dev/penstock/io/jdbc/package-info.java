/**
 * Idempotent writing to SQL databases over JDBC: PostgreSQL by COPY and one merge a batch, DuckDB
 * by its appender and one merge a batch.
 */
@NullMarked
package dev.penstock.io.jdbc;

import org.jspecify.annotations.NullMarked;
