/** Running a pipeline to its end with every record accounted for: progress, ledger, report. */
@NullMarked
package dev.penstock.pipelines.run;

import org.jspecify.annotations.NullMarked;
