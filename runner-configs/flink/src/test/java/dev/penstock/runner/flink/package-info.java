/** Smoke tests of the Flink runner's module. */
@NullMarked
package dev.penstock.runner.flink;

import org.jspecify.annotations.NullMarked;
