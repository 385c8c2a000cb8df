/** A local endpoint for {@code gs://}, with objects as files: for development and tests. */
@NullMarked
package dev.penstock.samples.gcs;

import org.jspecify.annotations.NullMarked;
