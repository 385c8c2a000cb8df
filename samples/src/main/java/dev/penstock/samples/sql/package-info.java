/** Files of SQL that come with the samples, for people and programs. */
@NullMarked
package dev.penstock.samples.sql;

import org.jspecify.annotations.NullMarked;
