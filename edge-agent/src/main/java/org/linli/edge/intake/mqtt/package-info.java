/** The MQTT door (3.1.1 and 5) for devices. */
@NullMarked
package org.linli.edge.intake.mqtt;

import org.jspecify.annotations.NullMarked;
