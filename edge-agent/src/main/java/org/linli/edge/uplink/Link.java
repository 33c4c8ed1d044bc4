package org.linli.edge.uplink;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.linli.event.Lane;

/** The way to the hub, as far as a {@link Conversation} uses it. Neither call waits for the hub. */
interface Link {

  /** Says that this gateway is there, upon which the hub states its watermarks. */
  void announce() throws MqttException;

  /** Puts a batch on its way. */
  LaneWindow.Delivery send(Lane lane, byte[] batch) throws MqttException;
}
