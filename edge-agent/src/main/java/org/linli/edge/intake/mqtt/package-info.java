/**
 * The MQTT door (3.1.1 and 5) for devices.
 *
 * <p>Start at {@code MqttDoor} for listeners, at {@code MqttConnection} for packets, and at {@code
 * Publications} for a message from PUBLISH to PUBACK, which leaves once the message is on disk.
 */
@NullMarked
package org.linli.edge.intake.mqtt;

import org.jspecify.annotations.NullMarked;
