package org.linli.program.web;

import java.time.Duration;

/**
 * By when what a connection does has to be done.
 *
 * @param head from the end of an answer, or the beginning of the connection, to the end of a head
 * @param body from the first byte of a request to the last of its body
 * @param answer from the first byte of a request to the last of its answer
 * @param work a request that is worked on for longer may be closed in favour of a newcomer
 */
public record Deadlines(Duration head, Duration body, Duration answer, Duration work) {}
