package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one client wants to hear: commands of devices, on {@code linli/{kind}/{device}/command},
 * where its rights allow it. For the connection's event loop.
 */
final class Subscriptions {

  /** MQTT 3.1.1 section 3.9.3: failure. */
  private static final int FAILURE = 0x80;

  private static final int MOST = 1_000;

  private final MqttConnection connection;
  private final Session session;
  private final Rights rights;
  private final Set<String> filters = new HashSet<>();

  Subscriptions(MqttConnection connection, Session session, Rights rights) {
    this.connection = connection;
    this.session = session;
    this.rights = rights;
  }

  void subscribe(MqttSubscribeMessage subscribe) {
    int[] codes =
        subscribe.payload().topicSubscriptions().stream().mapToInt(this::subscribe).toArray();
    connection.send(Packets.subAck(subscribe.variableHeader().messageId(), codes));
  }

  private int subscribe(MqttTopicSubscription asked) {
    if (!rights.maySubscribe(asked.topicFilter())) {
      return session.speaksMqtt5() ? Reason.NOT_AUTHORIZED.unsigned() : FAILURE;
    }
    if (filters.size() >= MOST && !filters.contains(asked.topicFilter())) {
      return session.speaksMqtt5() ? Reason.QUOTA_EXCEEDED.unsigned() : FAILURE;
    }
    filters.add(asked.topicFilter());
    // Commands go out at QoS 1 at most.
    return Math.min(asked.option().qos().value(), 1);
  }

  void unsubscribe(MqttUnsubscribeMessage unsubscribe) {
    List<Reason> reasons =
        unsubscribe.payload().topics().stream()
            .map(filter -> filters.remove(filter) ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION_EXISTED)
            .toList();
    connection.send(
        Packets.unsubAck(
            unsubscribe.variableHeader().messageId(), session.speaksMqtt5() ? reasons : List.of()));
  }
}
