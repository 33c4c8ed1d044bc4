package org.linli.hub.intake;

/**
 * The stores were given again everything that the hub's records keep.
 *
 * @param whole whether that is everything that they were ever given
 */
public record GivenAgain(boolean whole) {}
