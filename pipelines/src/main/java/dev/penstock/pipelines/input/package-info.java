/** Files as the input of a pipeline: their flags, how they are read, and the pass over them. */
@NullMarked
package dev.penstock.pipelines.input;

import org.jspecify.annotations.NullMarked;
