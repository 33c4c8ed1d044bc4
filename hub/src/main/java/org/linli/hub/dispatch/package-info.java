/**
 * Who is on duty, and who is responsible for an alert.
 *
 * <p>{@code BringingWorker} answers it when an alert opens, by {@link org.linli.hub.dispatch.Duty}.
 * Who is called next, if that person does not come, is not decided anywhere yet.
 */
@NullMarked
package org.linli.hub.dispatch;

import org.jspecify.annotations.NullMarked;
