@NullMarked
package dev.penstock.io.file;

import org.jspecify.annotations.NullMarked;
