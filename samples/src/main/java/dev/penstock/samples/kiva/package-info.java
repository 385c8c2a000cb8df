/** The loans of a micro-lending marketplace: generated files, and what is made of them. */
@NullMarked
package dev.penstock.samples.kiva;

import org.jspecify.annotations.NullMarked;
