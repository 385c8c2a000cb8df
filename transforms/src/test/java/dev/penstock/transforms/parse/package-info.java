/** Tests of this package. */
@NullMarked
package dev.penstock.transforms.parse;

import org.jspecify.annotations.NullMarked;
