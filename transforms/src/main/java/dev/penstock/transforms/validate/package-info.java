/**
 * Holding typed rows against the rules of a contract, and whole runs against its quality checks.
 */
@NullMarked
package dev.penstock.transforms.validate;

import org.jspecify.annotations.NullMarked;
