/**
 * Connections to an MQTT 5 server by Eclipse Paho's client. The rest of this module does not know
 * Paho; a program that uses this package must depend on Paho itself (docs/decisions/0050).
 */
@NullMarked
package org.linli.program.mqtt;

import org.jspecify.annotations.NullMarked;
