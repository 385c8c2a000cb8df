/** Tests of this package. */
@NullMarked
package dev.penstock.transforms.csv;

import org.jspecify.annotations.NullMarked;
