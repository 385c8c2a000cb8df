/** Tests of the replay of dead letters. */
@org.jspecify.annotations.NullMarked
package dev.penstock.pipelines.replay;
