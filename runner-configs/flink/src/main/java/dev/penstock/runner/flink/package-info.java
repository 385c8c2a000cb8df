/** What Flink needs beside the pipelines: the entry point of the bundle that a cluster runs. */
@NullMarked
package dev.penstock.runner.flink;

import org.jspecify.annotations.NullMarked;
