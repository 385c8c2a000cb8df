/** Destinations picked by their URI. */
@NullMarked
package dev.penstock.io.warehouse;

import org.jspecify.annotations.NullMarked;
