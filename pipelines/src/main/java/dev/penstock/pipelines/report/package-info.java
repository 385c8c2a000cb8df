/** The run report as a page for people: one file that needs nothing else and no network. */
@NullMarked
package dev.penstock.pipelines.report;

import org.jspecify.annotations.NullMarked;
