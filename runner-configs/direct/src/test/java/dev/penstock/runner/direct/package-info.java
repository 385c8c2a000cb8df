/** Smoke tests of the Direct runner's module. */
@NullMarked
package dev.penstock.runner.direct;

import org.jspecify.annotations.NullMarked;
