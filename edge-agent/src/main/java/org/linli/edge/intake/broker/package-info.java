/**
 * The door to somebody's MQTT broker: what devices publish there is taken like what they send here.
 */
@NullMarked
package org.linli.edge.intake.broker;

import org.jspecify.annotations.NullMarked;
