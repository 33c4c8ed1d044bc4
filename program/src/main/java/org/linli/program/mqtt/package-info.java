/**
 * Connections to an MQTT 5 server by Eclipse Paho's client. The rest of this module does not know
 * Paho, and whoever uses this package brings Paho along (docs/decisions/0050).
 */
@NullMarked
package org.linli.program.mqtt;

import org.jspecify.annotations.NullMarked;
