/**
 * Which rules there are ({@code RuleBook}), and what each remembers of a device: its last position,
 * what it has counted, and the event of an alert that is due later ({@code Watched}). It is kept in
 * the hub's records, in the transaction of the batch, and so survives a restart. Of unregistered
 * devices only so much is kept ({@code UnregisteredKeys}). It knows no alert: {@code alert} decides
 * what a rule's outcome does.
 */
@NullMarked
package org.linli.hub.alert.watch;

import org.jspecify.annotations.NullMarked;
