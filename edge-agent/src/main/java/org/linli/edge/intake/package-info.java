/**
 * What the doors have in common: a message, its answer, and what a door may hold in memory.
 *
 * <pre>
 *   MQTT, CoAP, HTTP, broker ─▶ Message ─▶ Intake ─▶ … profile, outbox, fsync
 *   device ◀── acknowledgement ◀── Reply ◀─────────────┘ only then
 * </pre>
 *
 * <p>The doors themselves are the packages below: {@code mqtt}, {@code coap} and {@code http}
 * listen for devices, and {@code broker} reads from a broker that the gateway is attached to. What
 * no profile can read is refused with a reason ({@code Refusal}).
 */
@NullMarked
package org.linli.edge.intake;

import org.jspecify.annotations.NullMarked;
