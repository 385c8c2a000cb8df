/** Parquet files as a destination, without Hadoop. */
@NullMarked
package dev.penstock.io.parquet;

import org.jspecify.annotations.NullMarked;
