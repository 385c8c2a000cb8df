/** The data contract: an Open Data Contract Standard document and its in-memory form. */
@NullMarked
package dev.penstock.transforms.contract;

import org.jspecify.annotations.NullMarked;
