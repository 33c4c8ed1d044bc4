/**
 * The common parts of the doors: a message, its answer, and the memory limits of a door.
 *
 * <pre>
 *   MQTT, CoAP, HTTP, broker ─▶ Message ─▶ Intake ─▶ … profile, outbox, fsync
 *   device ◀── acknowledgement ◀── Reply ◀─────────────┘ only then
 * </pre>
 *
 * <p>The doors are the packages below: {@code mqtt}, {@code coap} and {@code http} listen for
 * devices, and {@code broker} receives messages from a broker as its client. A message that no
 * profile can read is refused with a reason ({@code Refusal}).
 */
@NullMarked
package org.linli.edge.intake;

import org.jspecify.annotations.NullMarked;
