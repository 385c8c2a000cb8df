/** Records read from files, and dead letters kept in files, on any Beam file system. */
@NullMarked
package dev.penstock.io.file;

import org.jspecify.annotations.NullMarked;
