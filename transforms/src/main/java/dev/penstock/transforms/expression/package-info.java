/** Conditions over the fields of one row, written in the Common Expression Language (CEL). */
@NullMarked
package dev.penstock.transforms.expression;

import org.jspecify.annotations.NullMarked;
