package org.linli.edge.uplink;

import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The hub does not know this gateway. Worth another try only after somebody changed the community
 * file.
 */
class RefusedByHubException extends MqttException {

  RefusedByHubException(MqttException answer) {
    super(answer.getReasonCode(), answer);
  }
}
