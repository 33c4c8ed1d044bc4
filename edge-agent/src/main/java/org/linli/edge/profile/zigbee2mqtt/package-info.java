/** What Zigbee2MQTT publishes of the Zigbee devices around its coordinator. */
@NullMarked
package org.linli.edge.profile.zigbee2mqtt;

import org.jspecify.annotations.NullMarked;
