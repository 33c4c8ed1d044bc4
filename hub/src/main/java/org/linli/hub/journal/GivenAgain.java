package org.linli.hub.journal;

/**
 * The stores have received everything again that the hub's records keep.
 *
 * @param whole whether that is everything that the stores ever received
 */
public record GivenAgain(boolean whole) {}
