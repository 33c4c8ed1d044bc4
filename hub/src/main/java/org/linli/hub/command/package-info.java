/**
 * The commands of {@code hub.jar}: what it does instead of starting a hub, for a person at a
 * terminal (docs/decisions/0073).
 */
@NullMarked
package org.linli.hub.command;

import org.jspecify.annotations.NullMarked;
