/** Benchmarks beside what a user would pick instead. */
@NullMarked
package dev.penstock.benchmarks;

import org.jspecify.annotations.NullMarked;
