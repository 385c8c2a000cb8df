@NullMarked
package dev.penstock.samples.bigquery;

import org.jspecify.annotations.NullMarked;
