/** {@code penstock infer}: a first contract for a CSV file, guessed from its values. */
@NullMarked
package dev.penstock.pipelines.infer;

import org.jspecify.annotations.NullMarked;
