package org.linli.edge.uplink;

import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The hub does not know this gateway. A retry can succeed only after the community file was
 * changed.
 */
class RefusedByHubException extends MqttException {

  RefusedByHubException(MqttException answer) {
    super(answer.getReasonCode(), answer);
  }
}
