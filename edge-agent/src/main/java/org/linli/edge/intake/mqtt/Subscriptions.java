package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.Admission.Accepted;
import org.linli.edge.intake.mqtt.access.Rights;

/**
 * Subscriptions of one client: commands of devices, on {@code linli/{kind}/{device}/command}, if
 * its rights allow it. For a session that outlives the connection, SUBACK and UNSUBACK are sent
 * after the commit, and nothing more is read until then. For the connection's event loop.
 */
final class Subscriptions {

  /** Failure: MQTT 3.1.1 section 3.9.3. */
  private static final int FAILURE = 0x80;

  private final ClientConnection connection;
  private final MqttSettings settings;
  private final DeviceSessions sessions;
  private final Commands commands;
  private final Deliveries deliveries;
  private final Session session;
  private final Rights rights;
  private final long kept;

  Subscriptions(
      ClientConnection connection,
      MqttSettings settings,
      DeviceSessions sessions,
      Commands commands,
      Accepted accepted,
      Deliveries deliveries) {
    this.connection = connection;
    this.settings = settings;
    this.sessions = sessions;
    this.commands = commands;
    this.deliveries = deliveries;
    this.session = accepted.session();
    this.rights = accepted.rights();
    this.kept = accepted.opened().number();
  }

  void subscribe(MqttSubscribeMessage subscribe) {
    List<MqttTopicSubscription> asked = subscribe.payload().topicSubscriptions();
    if (asked.isEmpty()) {
      connection.disconnect(Reason.PROTOCOL_ERROR, "a SUBSCRIBE without a filter");
      return;
    }
    Map<CommandAddress, MqttSubscriptionOption> granted = new LinkedHashMap<>();
    int[] codes = grant(asked, granted);
    countDenied(codes);
    List<Subscription> wanted = new ArrayList<>();
    granted.forEach((address, option) -> wanted.add(wanted(address, option)));
    int packetId = subscribe.variableHeader().messageId();
    afterTheDisk(
        wanted.isEmpty(),
        () -> sessions.subscribe(kept, wanted),
        () -> {
          granted.forEach((address, option) -> deliveries.add(wanted(address, option), option));
          connection.send(Packets.subAck(packetId, codes));
          deliveries.hold();
          deliveries.deliver();
        });
  }

  /**
   * Grants subscriptions. It examines no more filters than may be granted, which limits the cost of
   * a packet.
   *
   * @return their codes in SUBACK
   */
  private int[] grant(
      List<MqttTopicSubscription> asked, Map<CommandAddress, MqttSubscriptionOption> granted) {
    int[] codes = new int[asked.size()];
    Arrays.fill(codes, code(Reason.QUOTA_EXCEEDED));
    int looked = Math.min(codes.length, settings.maxSubscriptions());
    int more = 0;
    for (int i = 0; i < looked; i++) {
      MqttTopicSubscription one = asked.get(i);
      Optional<CommandAddress> address =
          CommandAddress.ofTopic(one.topicFilter()).filter(rights::mayRead);
      if (address.isEmpty()) {
        codes[i] = code(Reason.NOT_AUTHORIZED);
        continue;
      }
      boolean isNew = !deliveries.has(address.get()) && !granted.containsKey(address.get());
      if (!isNew || deliveries.number() + more < settings.maxSubscriptions()) {
        more += isNew ? 1 : 0;
        granted.put(address.get(), one.option());
        codes[i] = qos(one.option());
      }
    }
    return codes;
  }

  private void countDenied(int[] codes) {
    for (int code : codes) {
      if (code == code(Reason.NOT_AUTHORIZED)) {
        connection.refused(RefusalReason.NOT_ALLOWED);
      } else if (code >= FAILURE) {
        connection.refused(RefusalReason.TOO_LARGE);
      }
    }
  }

  private int code(Reason reason) {
    return session.speaksMqtt5() ? reason.unsigned() : FAILURE;
  }

  /** A new subscription without retained messages begins behind the current command. */
  private Subscription wanted(CommandAddress address, MqttSubscriptionOption option) {
    long reached =
        switch (option.retainHandling()) {
          case SEND_AT_SUBSCRIBE, SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS -> 0;
          case DONT_SEND_AT_SUBSCRIBE -> commands.last(address).map(Command::sequence).orElse(0L);
        };
    return new Subscription(address, qos(option), option.isRetainAsPublished(), reached, 0, 0);
  }

  /** Commands are sent with QoS 1 at most. */
  private static int qos(MqttSubscriptionOption option) {
    return Math.min(option.qos().value(), 1);
  }

  void unsubscribe(MqttUnsubscribeMessage unsubscribe) {
    List<String> filters = unsubscribe.payload().topics();
    if (filters.isEmpty()) {
      connection.disconnect(Reason.PROTOCOL_ERROR, "an UNSUBSCRIBE without a filter");
      return;
    }
    List<Optional<CommandAddress>> addresses =
        filters.stream()
            .limit(settings.maxSubscriptions())
            .map(CommandAddress::ofTopic)
            .map(address -> address.filter(deliveries::has))
            .toList();
    List<CommandAddress> unwanted = addresses.stream().flatMap(Optional::stream).toList();
    int asked = filters.size();
    int packetId = unsubscribe.variableHeader().messageId();
    afterTheDisk(
        unwanted.isEmpty(),
        () -> sessions.unsubscribe(kept, unwanted),
        () -> {
          List<Reason> reasons = new ArrayList<>();
          for (int i = 0; i < asked; i++) {
            reasons.add(
                i < addresses.size() && addresses.get(i).map(deliveries::remove).orElse(false)
                    ? Reason.SUCCESS
                    : Reason.NO_SUBSCRIPTION_EXISTED);
          }
          deliveries.hold();
          connection.send(Packets.unsubAck(packetId, session.speaksMqtt5() ? reasons : List.of()));
        });
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
