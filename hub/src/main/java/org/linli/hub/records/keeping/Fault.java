package org.linli.hub.records.keeping;

/**
 * Something that is wrong with the records.
 *
 * @param kind what is wrong: the name of an {@link Invariant}, {@code damage} or {@code schema-…}
 * @param table in which table
 * @param key which row, by its key
 */
public record Fault(String kind, String table, String key) {}
