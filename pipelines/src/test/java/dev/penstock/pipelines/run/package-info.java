/** Tests of how a run ends. */
@org.jspecify.annotations.NullMarked
package dev.penstock.pipelines.run;
