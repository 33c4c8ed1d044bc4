package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.mqtt.Admission.Accepted;
import org.linli.edge.intake.mqtt.access.Rights;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Delivers commands to one client. Everything but {@link #changed} runs on the connection's event
 * loop.
 *
 * <pre>
 *   subscribed, changed, taken up ──▶ due ──▶ PUBLISH ──▶ in flight ──▶ PUBACK ──▶ reached
 *                                       ▲                                 │
 *                                       └── a newer one meanwhile ────────┘
 * </pre>
 *
 * <p>Only the last command of a device is delivered: the due entry is an address, and the command
 * is looked up when it is sent. One command of a device is in flight at a time. Nothing is written
 * while the client does not read, so a slow client holds no more than one packet beyond its
 * socket's buffer.
 */
final class Deliveries implements CommandSubscribers.Subscriber {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(Deliveries.class));
  private static final int LARGEST_PACKET_ID = 65_535;

  /** Why a command is due. */
  private enum Cause {
    /** The current command is sent, even if the client had it before. */
    SUBSCRIBED,
    /** The current command is sent if the client does not have it yet. */
    CHANGED
  }

  private final ClientConnection connection;
  private final CommandSubscribers subscribers;
  private final Commands commands;
  private final DeviceSessions sessions;
  private final Session session;

  /** The session on disk; 0 if subscriptions end with the connection. */
  private final long kept;

  private final Map<CommandAddress, Subscription> subscriptions = new HashMap<>();
  private final Map<CommandAddress, Cause> due = new LinkedHashMap<>();

  /** Packet ids in use: in flight, or to be sent again. */
  private final Map<Integer, CommandAddress> taken = new HashMap<>();

  /** Packet ids that were sent over this connection and wait for their PUBACK. */
  private final Set<Integer> inFlight = new HashSet<>();

  /** Filled by the writer thread. */
  private final Set<CommandAddress> changed = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean changesDue = new AtomicBoolean();
  private int lastId;

  /** This client's share of the limit on all clients' subscriptions. */
  private final HeldBytes.Holding holding;

  Deliveries(
      ClientConnection connection,
      CommandSubscribers subscribers,
      Commands commands,
      DeviceSessions sessions,
      Accepted accepted,
      HeldBytes allSubscriptions) {
    this.connection = connection;
    this.subscribers = subscribers;
    this.commands = commands;
    this.sessions = sessions;
    this.session = accepted.session();
    this.kept = accepted.opened().number();
    this.holding = allSubscriptions.holding(connection::giveWay);
  }

  boolean has(CommandAddress address) {
    return subscriptions.containsKey(address);
  }

  int number() {
    return subscriptions.size();
  }

  /**
   * Resumes the session. Unacknowledged commands are sent again first, under their packet ids (MQTT
   * 5 section 4.4), then newer ones. Subscriptions that the client's rights no longer allow are
   * removed.
   */
  void takeUp(List<Subscription> present, Rights rights) {
    List<CommandAddress> forbidden = new ArrayList<>();
    present.stream()
        .sorted(Comparator.comparing((Subscription one) -> one.packetId() == 0))
        .forEach(
            one -> {
              if (!rights.mayRead(one.address())) {
                forbidden.add(one.address());
                return;
              }
              subscriptions.put(one.address(), one);
              if (one.packetId() != 0) {
                taken.put(one.packetId(), one.address());
                lastId = Math.max(lastId, one.packetId());
              }
              subscribers.join(one.address(), this);
              due.put(one.address(), Cause.CHANGED);
            });
    if (!forbidden.isEmpty()) {
      var _ = sessions.unsubscribe(kept, forbidden);
    }
    hold();
    deliver();
  }

  /** Adds a subscription, or replaces its options: MQTT 5 section 3.8.4. */
  void add(Subscription wanted, MqttSubscriptionOption option) {
    CommandAddress address = wanted.address();
    Subscription present = subscriptions.get(address);
    boolean retained =
        switch (option.retainHandling()) {
          case SEND_AT_SUBSCRIBE -> true;
          case SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS -> present == null;
          case DONT_SEND_AT_SUBSCRIBE -> false;
        };
    subscriptions.put(
        address,
        present == null ? wanted : present.asking(wanted.qos(), wanted.retainAsPublished()));
    subscribers.join(address, this);
    if (retained) {
      due.put(address, Cause.SUBSCRIBED);
    } else {
      due.putIfAbsent(address, Cause.CHANGED);
    }
  }

  /**
   * @return whether the subscription existed
   */
  boolean remove(CommandAddress address) {
    Subscription removed = subscriptions.remove(address);
    if (removed == null) {
      return false;
    }
    due.remove(address);
    subscribers.leave(address, this);
    if (!inFlight.contains(removed.packetId())) {
      taken.remove(removed.packetId());
    }
    return true;
  }

  /**
   * Counts the subscriptions after a whole packet was processed. At the limit this client may be
   * the one that is closed. Each client's first subscription counts with its connection.
   */
  void hold() {
    holding.set(
        connection.isClosed()
            ? 0
            : Math.max(0, subscriptions.size() - 1) * DoorMemory.MQTT_SUBSCRIPTION);
  }

  void ended() {
    holding.set(0);
    subscriptions.keySet().forEach(address -> subscribers.leave(address, this));
  }

  @Override
  public void changed(CommandAddress address) {
    changed.add(address);
    if (changesDue.compareAndSet(false, true)) {
      connection.execute(this::takeChanges);
    }
  }

  private void takeChanges() {
    changesDue.set(false);
    changed.removeIf(
        address -> {
          due.putIfAbsent(address, Cause.CHANGED);
          return true;
        });
    deliver();
  }

  /** PUBACK, with any reason code: MQTT 5 section 4.3.2. */
  void acknowledged(int packetId) {
    CommandAddress address = taken.get(packetId);
    if (address == null || !inFlight.remove(packetId)) {
      return;
    }
    taken.remove(packetId);
    // A client that acknowledges is active, so it counts as the newest holder.
    holding.renew(holding.bytes());
    Subscription subscription = subscriptions.get(address);
    if (subscription != null && subscription.packetId() == packetId) {
      progress(subscription.reaching(subscription.sent()));
    }
    deliver();
  }

  /** Sends due commands, as far as the client reads and acknowledges. */
  void deliver() {
    if (connection.isClosed()) {
      return;
    }
    boolean written = false;
    Iterator<Map.Entry<CommandAddress, Cause>> each = due.entrySet().iterator();
    while (each.hasNext() && connection.isWritable()) {
      Map.Entry<CommandAddress, Cause> next = each.next();
      Command command = commands.last(next.getKey()).orElse(null);
      Subscription subscription = withoutWhatDoesNotHold(subscriptions.get(next.getKey()), command);
      if (subscription == null || command == null || has(subscription, command, next.getValue())) {
        each.remove();
      } else if (mayBeSent(subscription)) {
        // A repetition does not answer a new SUBSCRIBE, which is answered after the PUBACK.
        if (subscription.packetId() == 0 || next.getValue() == Cause.CHANGED) {
          each.remove();
        }
        written |= send(subscription, command, next.getValue());
      }
    }
    if (written) {
      connection.flush();
    }
  }

  /** Whether the client already has the due command. */
  private static boolean has(Subscription subscription, Command command, Cause cause) {
    return cause == Cause.CHANGED
        && subscription.packetId() == 0
        && command.sequence() <= subscription.reached();
  }

  private boolean mayBeSent(Subscription subscription) {
    if (subscription.packetId() == 0 && subscription.qos() == 0) {
      return true;
    }
    return !inFlight.contains(subscription.packetId())
        && inFlight.size() < session.receiveMaximum();
  }

  /** Cancels a repetition of a command that is no longer the last one. */
  private @Nullable Subscription withoutWhatDoesNotHold(
      @Nullable Subscription subscription, @Nullable Command command) {
    if (subscription == null
        || subscription.packetId() == 0
        || inFlight.contains(subscription.packetId())
        || command != null && command.sequence() == subscription.sent()) {
      return subscription;
    }
    taken.remove(subscription.packetId());
    Subscription without = subscription.reaching(subscription.reached());
    progress(without);
    return without;
  }

  /**
   * @return whether a packet was written
   */
  private boolean send(Subscription subscription, Command command, Cause cause) {
    boolean again = subscription.packetId() != 0;
    int qos = again ? 1 : subscription.qos();
    boolean retain =
        cause == Cause.SUBSCRIBED && !again
            || session.speaksMqtt5() && subscription.retainAsPublished();
    int size = Packets.publishSize(command, qos, session.speaksMqtt5());
    if (size > session.maximumPacketSize()) {
      tooLarge(subscription, command, size);
      return false;
    }
    int packetId = 0;
    if (qos == 1) {
      packetId = again ? subscription.packetId() : freeId();
      taken.put(packetId, command.address());
      inFlight.add(packetId);
    }
    if (!again) {
      progress(
          qos == 1
              ? subscription.sending(packetId, command.sequence())
              : subscription.reaching(command.sequence()));
    }
    connection.write(Packets.publish(command, qos, packetId, again, retain));
    return true;
  }

  /** Treats a command that is too large as delivered: MQTT 5 section 3.1.2.11.4. */
  private void tooLarge(Subscription subscription, Command command, int size) {
    limited
        .atInfo("too-large")
        .addKeyValue("source", session.source())
        .addKeyValue("topic", command.address().topic())
        .addKeyValue("size", size)
        .addKeyValue("limit", session.maximumPacketSize())
        .log("A command is larger than its client takes and is not delivered to it");
    taken.remove(subscription.packetId());
    progress(subscription.reaching(command.sequence()));
  }

  private void progress(Subscription subscription) {
    subscriptions.put(subscription.address(), subscription);
    if (kept != 0) {
      sessions.progressed(kept, subscription);
    }
  }

  private int freeId() {
    do {
      lastId = lastId % LARGEST_PACKET_ID + 1;
    } while (taken.containsKey(lastId));
    return lastId;
  }
}
