/**
 * What Frigate, which looks for people and cars in the pictures of cameras, publishes over MQTT.
 */
@NullMarked
package org.linli.edge.profile.frigate;

import org.jspecify.annotations.NullMarked;
