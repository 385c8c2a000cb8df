@NullMarked
package dev.penstock.transforms.deadletter;

import org.jspecify.annotations.NullMarked;
