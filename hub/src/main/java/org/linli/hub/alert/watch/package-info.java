/**
 * The rules ({@code RuleBook}), and the state of each rule for each device ({@code Watched}): its
 * last position, its counts, and the event of an alert that is due later. The state is written to
 * the hub's records in the transaction of the batch, so it survives a restart. For unregistered
 * devices it is limited ({@code UnregisteredKeys}). This package knows no alerts: {@code alert}
 * acts on the outcome of a rule.
 */
@NullMarked
package org.linli.hub.alert.watch;

import org.jspecify.annotations.NullMarked;
