/** The pipeline that the README shows. */
@NullMarked
package dev.penstock.samples.readme;

import org.jspecify.annotations.NullMarked;
