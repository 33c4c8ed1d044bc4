/**
 * Checks, orders and answers every gateway message, from the hub's own endpoint or from a broker.
 */
@NullMarked
package org.linli.hub.gateway.entrance;

import org.jspecify.annotations.NullMarked;
