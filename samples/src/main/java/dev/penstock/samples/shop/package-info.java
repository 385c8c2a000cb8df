/** The shop sample: events of an online shop, generated with known bad records. */
@NullMarked
package dev.penstock.samples.shop;

import org.jspecify.annotations.NullMarked;
