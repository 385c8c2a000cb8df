/**
 * The command line: commands found on the class path, their flags read from option interfaces, help
 * generated from the same, and messages that name the flag and the way out.
 */
@NullMarked
package dev.penstock.pipelines.cli;

import org.jspecify.annotations.NullMarked;
