package org.linli.edge.uplink;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.linli.event.Lane;

/** The way to the hub, as far as a {@link Conversation} uses it. No call waits for the hub. */
interface Link {

  /** Says that this gateway is there, upon which the hub states its watermarks. */
  void announce() throws MqttException;

  /** Tells what is said of the registry. */
  void report(byte[] equipment) throws MqttException;

  /**
   * Puts a batch on its way.
   *
   * @param behind what of its lane waits behind it, which the hub shows to people
   */
  LaneWindow.Delivery send(Lane lane, byte[] batch, Backlog behind) throws MqttException;
}
