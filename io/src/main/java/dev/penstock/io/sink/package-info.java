/**
 * How a destination takes rows straight from the reader, in one pass and without a collection in
 * between.
 */
@NullMarked
package dev.penstock.io.sink;

import org.jspecify.annotations.NullMarked;
