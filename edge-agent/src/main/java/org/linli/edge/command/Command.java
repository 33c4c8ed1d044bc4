package org.linli.edge.command;

import java.time.Instant;

/**
 * The last command of a device.
 *
 * @param sequence counts all commands of the gateway, from 1; a later command has a higher one, and
 *     none is used again
 * @param at when it was set, by the gateway's clock
 * @param content what the device gets, byte by byte
 */
public record Command(CommandAddress address, long sequence, Instant at, byte[] content) {}
