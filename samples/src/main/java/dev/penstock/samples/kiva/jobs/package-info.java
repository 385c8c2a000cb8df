/** The four jobs of a Kiva workshop on Dataflow, by their own flags. */
@NullMarked
package dev.penstock.samples.kiva.jobs;

import org.jspecify.annotations.NullMarked;
