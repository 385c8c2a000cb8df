/** The CSV grammar, shared by the reader that frames records and the parser that splits them. */
@NullMarked
package dev.penstock.transforms.csv;

import org.jspecify.annotations.NullMarked;
