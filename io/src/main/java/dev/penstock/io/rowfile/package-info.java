/** Files that are written row by row: JSON lines, CSV and Avro. */
@NullMarked
package dev.penstock.io.rowfile;

import org.jspecify.annotations.NullMarked;
