/** Tests of the command line. */
@NullMarked
package dev.penstock.pipelines.cli;

import org.jspecify.annotations.NullMarked;
