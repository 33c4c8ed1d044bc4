/**
 * The whole path of an event through the gateway, as Camel routes. Start reading at EdgeFlow.
 *
 * <p>Before the outbox, a hop can already have effects. The profile writes pictures to disk,
 * records unregistered devices, and changes known states in memory; liveness and presence note who
 * was heard.
 */
@NullMarked
package org.linli.edge.flow;

import org.jspecify.annotations.NullMarked;
