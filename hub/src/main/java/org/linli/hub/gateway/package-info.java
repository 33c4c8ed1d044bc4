/**
 * Interfaces and events for the modules that process what gateways send, and the memory limits of
 * gateways. Messages arrive at {@code endpoint} or {@code broker}; both hand them to {@code
 * entrance}.
 */
@NullMarked
package org.linli.hub.gateway;

import org.jspecify.annotations.NullMarked;
