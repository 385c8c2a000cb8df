/** Tests that run what the README shows. */
@org.jspecify.annotations.NullMarked
package dev.penstock.samples.ico;
