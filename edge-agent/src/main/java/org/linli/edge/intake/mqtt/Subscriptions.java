package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.intake.mqtt.Admission.Welcome;

/**
 * What one client wants to hear: commands of devices, on {@code linli/{kind}/{device}/command},
 * where its rights allow it. SUBACK and UNSUBACK of a session that lasts leave after the commit,
 * and nothing more is read until then. For the connection's event loop.
 */
final class Subscriptions {

  /** MQTT 3.1.1 section 3.9.3: failure. */
  private static final int FAILURE = 0x80;

  private final MqttConnection connection;
  private final MqttSettings settings;
  private final DeviceSessions sessions;
  private final Commands commands;
  private final Deliveries deliveries;
  private final Session session;
  private final Rights rights;
  private final long kept;

  Subscriptions(
      MqttConnection connection,
      MqttDoor door,
      MqttSettings settings,
      DeviceSessions sessions,
      Welcome welcome,
      Deliveries deliveries) {
    this.connection = connection;
    this.settings = settings;
    this.sessions = sessions;
    this.commands = door.commands();
    this.deliveries = deliveries;
    this.session = welcome.session();
    this.rights = welcome.rights();
    this.kept = welcome.opened().number();
  }

  void subscribe(MqttSubscribeMessage subscribe) {
    List<MqttTopicSubscription> asked = subscribe.payload().topicSubscriptions();
    if (asked.isEmpty()) {
      connection.disconnect(Reason.PROTOCOL_ERROR, "a SUBSCRIBE without a filter");
      return;
    }
    Map<CommandAddress, MqttSubscriptionOption> granted = new LinkedHashMap<>();
    int[] codes = asked.stream().mapToInt(one -> grant(one, granted)).toArray();
    List<Subscription> wanted = new ArrayList<>();
    granted.forEach((address, option) -> wanted.add(wanted(address, option)));
    int packetId = subscribe.variableHeader().messageId();
    afterTheDisk(
        wanted.isEmpty(),
        () -> sessions.subscribe(kept, wanted),
        () -> {
          granted.forEach((address, option) -> deliveries.add(wanted(address, option), option));
          connection.send(Packets.subAck(packetId, codes));
          deliveries.deliver();
        });
  }

  /**
   * @return its code in SUBACK
   */
  private int grant(
      MqttTopicSubscription asked, Map<CommandAddress, MqttSubscriptionOption> granted) {
    Optional<CommandAddress> address =
        CommandAddress.ofTopic(asked.topicFilter()).filter(rights::mayRead);
    if (address.isEmpty()) {
      return session.speaksMqtt5() ? Reason.NOT_AUTHORIZED.unsigned() : FAILURE;
    }
    if (!deliveries.has(address.get()) && !granted.containsKey(address.get())) {
      long more = granted.keySet().stream().filter(other -> !deliveries.has(other)).count();
      if (deliveries.number() + more >= settings.maxSubscriptions()) {
        return session.speaksMqtt5() ? Reason.QUOTA_EXCEEDED.unsigned() : FAILURE;
      }
    }
    granted.put(address.get(), asked.option());
    return qos(asked.option());
  }

  /** A new subscription that does not want what is retained begins behind it. */
  private Subscription wanted(CommandAddress address, MqttSubscriptionOption option) {
    long reached =
        switch (option.retainHandling()) {
          case SEND_AT_SUBSCRIBE, SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS -> 0;
          case DONT_SEND_AT_SUBSCRIBE -> commands.last(address).map(Command::sequence).orElse(0L);
        };
    return new Subscription(address, qos(option), option.isRetainAsPublished(), reached, 0, 0);
  }

  /** Commands go out at QoS 1 at most. */
  private static int qos(MqttSubscriptionOption option) {
    return Math.min(option.qos().value(), 1);
  }

  void unsubscribe(MqttUnsubscribeMessage unsubscribe) {
    List<String> filters = unsubscribe.payload().topics();
    if (filters.isEmpty()) {
      connection.disconnect(Reason.PROTOCOL_ERROR, "an UNSUBSCRIBE without a filter");
      return;
    }
    List<CommandAddress> unwanted =
        filters.stream()
            .flatMap(filter -> CommandAddress.ofTopic(filter).stream())
            .filter(deliveries::has)
            .toList();
    int packetId = unsubscribe.variableHeader().messageId();
    afterTheDisk(
        unwanted.isEmpty(),
        () -> sessions.unsubscribe(kept, unwanted),
        () -> {
          List<Reason> reasons = filters.stream().map(this::remove).toList();
          connection.send(Packets.unsubAck(packetId, session.speaksMqtt5() ? reasons : List.of()));
        });
  }

  private Reason remove(String filter) {
    return CommandAddress.ofTopic(filter).map(deliveries::remove).orElse(false)
        ? Reason.SUCCESS
        : Reason.NO_SUBSCRIPTION_EXISTED;
  }

  private void afterTheDisk(
      boolean nothingToKeep, Supplier<CompletableFuture<Void>> keeping, Runnable then) {
    if (nothingToKeep || kept == 0) {
      then.run();
      return;
    }
    connection.pause();
    var _ =
        keeping
            .get()
            .whenComplete(
                (done, failed) ->
                    connection.execute(
                        () -> {
                          if (failed != null) {
                            connection.disconnect(Reason.QUOTA_EXCEEDED, "the disk refuses");
                          } else if (!connection.isClosed()) {
                            then.run();
                            connection.resume();
                          }
                        }));
  }
}
