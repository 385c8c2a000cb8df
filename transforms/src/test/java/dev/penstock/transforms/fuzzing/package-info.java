/** Guided fuzzing for the tests of every module. */
@NullMarked
package dev.penstock.transforms.fuzzing;

import org.jspecify.annotations.NullMarked;
