/** Tests of the data contract. */
@NullMarked
package dev.penstock.transforms.contract;

import org.jspecify.annotations.NullMarked;
