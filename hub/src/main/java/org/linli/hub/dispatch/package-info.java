/**
 * Who is on duty, and who is responsible for an alert.
 *
 * <p>{@code BringingWorker} answers that once, when an alert opens: the person on duty in the grid
 * ({@link org.linli.hub.dispatch.Duty}), or else the first supervisor. Nothing here calls or
 * notifies anybody, and nobody is asked next if that person does not come.
 */
@NullMarked
package org.linli.hub.dispatch;

import org.jspecify.annotations.NullMarked;
