/** The hub's own MQTT 5 endpoint for gateways. */
@NullMarked
package org.linli.hub.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
