/** The attachment to an MQTT 5 broker that gateways use instead of the hub's own endpoint. */
@NullMarked
package org.linli.hub.gateway.broker;

import org.jspecify.annotations.NullMarked;
