package org.linli.hub.registry.file;

/**
 * A field of an item as it is written in a file.
 *
 * @param key its key
 * @param text its value as YAML, on one line
 */
public record PlanField(String key, String text) {}
