/** Tests of guessed contracts. */
@NullMarked
package dev.penstock.pipelines.infer;

import org.jspecify.annotations.NullMarked;
