package org.linli.hub.console.stream;

/**
 * One change on the stream.
 *
 * @param id counts from 1 without a gap, in the order of the commits
 * @param name the event's name: {@code alert}, {@code device}, {@code gateway}
 * @param data one line of JSON
 */
public record Change(long id, String name, String data) {}
