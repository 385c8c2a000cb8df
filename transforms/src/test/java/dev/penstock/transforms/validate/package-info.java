@NullMarked
package dev.penstock.transforms.validate;

import org.jspecify.annotations.NullMarked;
