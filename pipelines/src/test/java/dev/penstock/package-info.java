/** Tests that look at the library as a whole. */
@org.jspecify.annotations.NullMarked
package dev.penstock;
