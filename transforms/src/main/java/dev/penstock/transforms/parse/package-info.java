/** From records to rows: text is converted to the types of the contract, exactly or not at all. */
@NullMarked
package dev.penstock.transforms.parse;

import org.jspecify.annotations.NullMarked;
