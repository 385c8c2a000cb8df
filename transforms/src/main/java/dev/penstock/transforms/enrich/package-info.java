/** Steps that give rows further fields. */
@NullMarked
package dev.penstock.transforms.enrich;

import org.jspecify.annotations.NullMarked;
