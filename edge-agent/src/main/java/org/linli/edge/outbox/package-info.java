/**
 * The durable queue from devices to the hub, and its ledger. {@code Outbox} takes messages, {@code
 * UplinkQueue} hands them out, and {@code OutboxReport} says how it is.
 *
 * <p>An event or dead letter is durable with the commit of its group, which is one fsync, and only
 * then is its device answered. The ledger, remembered ids, known states and MQTT sessions are
 * written in such a commit too. An event is deleted after the hub's receipt, or is given up, which
 * is counted and declared to the hub. docs/delivery.md says what this promises.
 */
@NullMarked
package org.linli.edge.outbox;

import org.jspecify.annotations.NullMarked;
