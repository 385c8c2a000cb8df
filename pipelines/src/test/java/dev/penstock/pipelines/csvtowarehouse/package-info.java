/** Tests of the CSV pipeline from its flags to its tables. */
@org.jspecify.annotations.NullMarked
package dev.penstock.pipelines.csvtowarehouse;
