/**
 * An example of a feature that is added to the hub from outside. It is for tests only: no program
 * depends on this module, and it ships nothing.
 *
 * <pre>
 *   batch ─▶ ReportCounts (BatchParticipant) ─▶ trial_report, in the transaction of the batch
 *   alert changed ─▶ AlertLetters (DurableReader) ─▶ trial_letter ─▶ Pager (Channel) ─▶ a person
 *   browser ─▶ TrialPage (ConsolePage), with its NavigationEntry
 * </pre>
 *
 * <p>It adds these by beans and by files of its own: a migration, a template and its words. The
 * hub's classes do not know it. A feature that comes inside the hub's module does the same in a
 * package of its own. See docs/decisions/0052 for what it still has to touch elsewhere.
 */
@NullMarked
package org.linli.hub.trial;

import org.jspecify.annotations.NullMarked;
