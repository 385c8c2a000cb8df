/** What Dataflow needs beside the pipelines: a look at its flags and at its jobs. */
@NullMarked
package dev.penstock.runner.dataflow;

import org.jspecify.annotations.NullMarked;
