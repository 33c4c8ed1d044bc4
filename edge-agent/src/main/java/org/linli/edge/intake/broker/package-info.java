/**
 * The door for an external MQTT broker: messages that devices publish there are treated like those
 * that they send here.
 */
@NullMarked
package org.linli.edge.intake.broker;

import org.jspecify.annotations.NullMarked;
