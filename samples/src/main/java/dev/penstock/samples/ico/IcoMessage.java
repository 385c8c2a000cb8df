package dev.penstock.samples.ico;

/**
 * A message of the sample.
 *
 * @param topic where it belongs
 * @param key number of the website, as text
 * @param json its value
 */
public record IcoMessage(IcoTopic topic, String key, String json) {}
