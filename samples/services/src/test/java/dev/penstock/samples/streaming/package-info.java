@NullMarked
package dev.penstock.samples.streaming;

import org.jspecify.annotations.NullMarked;
