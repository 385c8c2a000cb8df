package dev.penstock.transforms.parse;

import org.jspecify.annotations.Nullable;

/**
 * How values of change events are read, beside what holds for all JSON.
 *
 * @param unavailable what stands for a value that the source did not tell
 * @param type what the event's schema says of the value, or null where it has none
 */
record ChangeReading(String unavailable, @Nullable ConnectType type) {}
