/**
 * Alerts: the rules that open them, and their life.
 *
 * <pre>
 *   batch ─▶ RaisingAlerts ─▶ Rule (module rules) ─▶ opened ─▶ OnCall: assignee ──▶ ChangeRecorder
 *               ▲                                    repeated, cleared ────────────────▲
 *   AlertTimers ┘ due alerts                                                           │
 *   people ─▶ Alerts: acknowledge, resolve, comment ───────────────────────────────────┘
 * </pre>
 *
 * <p>Everything happens in one transaction of the hub's records: the batch's own, or one per look
 * at the timers and per action.
 */
@NullMarked
package org.linli.hub.alert;

import org.jspecify.annotations.NullMarked;
