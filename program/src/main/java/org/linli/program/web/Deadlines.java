package org.linli.program.web;

import java.time.Duration;

/**
 * The deadlines of a connection.
 *
 * @param head from the end of an answer, or the beginning of the connection, to the end of a head
 * @param body from the first byte of a request to the last of its body
 * @param answer from the first byte of a request to the last of its answer
 * @param work after which a request in progress may be closed in favour of a new connection
 */
public record Deadlines(Duration head, Duration body, Duration answer, Duration work) {}
