package dev.penstock.samples.services;

/**
 * A port that a service listens on.
 *
 * @param flag the flag that chooses it, such as {@code --kafkaPort}
 * @param number the port
 */
public record ServicePort(String flag, int number) {}
