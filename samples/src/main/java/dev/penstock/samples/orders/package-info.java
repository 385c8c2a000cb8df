/** Orders as several systems have them: contracts, source tables, and changes that keep coming. */
@NullMarked
package dev.penstock.samples.orders;

import org.jspecify.annotations.NullMarked;
