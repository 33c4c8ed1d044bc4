/**
 * Applies each batch exactly once and answers it with a receipt.
 *
 * <p>Start at {@link org.linli.hub.intake.BatchIntake}. {@code Commit} shows what is durable with
 * the one transaction of a batch; {@link org.linli.hub.intake.Receipts} sends the receipt after it.
 * Another package takes part in that transaction by a bean {@link
 * org.linli.hub.intake.BatchParticipant}.
 */
@NullMarked
package org.linli.hub.intake;

import org.jspecify.annotations.NullMarked;
