/** CSV files to a warehouse: {@code penstock csv-to-warehouse}. */
@NullMarked
package dev.penstock.pipelines.csvtowarehouse;

import org.jspecify.annotations.NullMarked;
