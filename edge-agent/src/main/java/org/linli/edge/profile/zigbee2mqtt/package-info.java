/** Messages of Zigbee2MQTT about the Zigbee devices of its network. */
@NullMarked
package org.linli.edge.profile.zigbee2mqtt;

import org.jspecify.annotations.NullMarked;
