package dev.penstock.transforms.ledger;

import java.time.Duration;

/**
 * How far a run had come at one moment, as its own process saw it: counts of attempts, as in {@link
 * RunProgress}.
 *
 * @param elapsed time since the run began
 * @param read records read until then
 * @param written records written until then, or found to be in the destination already
 * @param deadLettered dead letters stored until then
 */
public record ThroughputSample(Duration elapsed, long read, long written, long deadLettered) {}
