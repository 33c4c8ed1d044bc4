/** Which MQTT clients may connect, and what each may publish and read. */
@NullMarked
package org.linli.edge.intake.mqtt.access;

import org.jspecify.annotations.NullMarked;
