package org.linli.edge.uplink;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.linli.event.Lane;

/** The connection to the hub, as {@link Conversation} uses it. No call waits for the hub. */
interface HubSender {

  /** Announces this gateway. The hub answers with its watermarks. */
  void announce() throws MqttException;

  /** Sends a report about the registry. */
  void report(byte[] equipment) throws MqttException;

  /**
   * Sends a batch.
   *
   * @param behind what of its lane waits behind it, which the hub shows to people
   */
  LaneWindow.Delivery send(Lane lane, byte[] batch, Backlog behind) throws MqttException;
}
