/**
 * Duty, and the assignee of an alert.
 *
 * <p>{@code DutyAssigner} chooses the assignee once, when an alert opens: the person on duty in the
 * grid ({@link org.linli.hub.dispatch.Duty}), or else the first supervisor. This package calls and
 * notifies nobody, and there is no escalation yet.
 */
@NullMarked
package org.linli.hub.dispatch;

import org.jspecify.annotations.NullMarked;
