/** Tests of contracts that are guessed from the samples' files. */
@org.jspecify.annotations.NullMarked
package dev.penstock.samples.infer;
