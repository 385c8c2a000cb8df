@NullMarked
package dev.penstock.samples.gcs;

import org.jspecify.annotations.NullMarked;
