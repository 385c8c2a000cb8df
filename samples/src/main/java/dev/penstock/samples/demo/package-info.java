/**
 * The {@code demo} command: samples from generated data to query results; and {@code generate},
 * their files alone.
 */
@NullMarked
package dev.penstock.samples.demo;

import org.jspecify.annotations.NullMarked;
