/** The {@code demo} command: samples from generated data to query results. */
@NullMarked
package dev.penstock.samples.demo;

import org.jspecify.annotations.NullMarked;
