/** How fast generators go. */
@NullMarked
package dev.penstock.samples.pace;

import org.jspecify.annotations.NullMarked;
