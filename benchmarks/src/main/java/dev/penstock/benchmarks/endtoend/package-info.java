/** End-to-end benchmarks: whole programs beside Penstock, each in a process of its own. */
@NullMarked
package dev.penstock.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
