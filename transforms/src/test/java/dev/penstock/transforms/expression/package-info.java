/** Tests of conditions over the fields of a row. */
@NullMarked
package dev.penstock.transforms.expression;

import org.jspecify.annotations.NullMarked;
