/**
 * Turns the bytes of equipment into events, or refuses them with a reason.
 *
 * <pre>
 *   Message ─▶ Profiles ─▶ Profile ─▶ MessageReading ─▶ Interpreted
 *              by topic    one for    devices           events, or a refusal; and what
 *              or path     a format   by name           has to be remembered with them
 * </pre>
 *
 * <p>Each package below is one format, with four exceptions: {@code format} has what several
 * formats share, such as JSON, XML and time stamps; {@code wired} knows what fields and inputs mean
 * that name a condition; {@code life} finds words of life safety in what nobody could read; and
 * {@code mapping} reads formats that a file describes. Here is what all of them need: which device
 * it is ({@code KnownDevices}), and which repeated states are changes ({@code Changes}, {@code
 * KnownStates}).
 *
 * <p>Reading a message has effects beside its events: pictures are written to disk ({@code
 * AttachedPictures}), unregistered devices are recorded ({@code Recognition}), and known states
 * change in memory; the outbox writes them in the commit of the message.
 */
@NullMarked
package org.linli.edge.profile;

import org.jspecify.annotations.NullMarked;
