/** LoRaWAN devices behind a ChirpStack v4 network server. */
@NullMarked
package org.linli.edge.profile.chirpstack;

import org.jspecify.annotations.NullMarked;
