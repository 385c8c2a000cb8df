/** Visitors, registrations and conversions of token sales, as messages of three topics. */
@NullMarked
package dev.penstock.samples.ico;

import org.jspecify.annotations.NullMarked;
