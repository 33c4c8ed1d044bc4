/** MQTT messages of Frigate, which detects people and cars in camera pictures. */
@NullMarked
package org.linli.edge.profile.frigate;

import org.jspecify.annotations.NullMarked;
