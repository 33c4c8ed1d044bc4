package org.linli.edge.uplink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.Crowding;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.edge.registry.Registry;
import org.linli.event.GatewayTrouble;
import org.linli.event.UplinkTopics;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.retry.BackOff;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends the outbox's rows to the hub, for as long as the agent runs. If the hub is unreachable, it
 * tries its other addresses in turn, with about 0.25 s between them, and then retries after 0.25 s,
 * doubling to 30 s. If the hub refuses this gateway, it retries every 60 s. If another agent took
 * over, it retries after 10 s, so that two with one identity take turns. Each pause varies
 * (settings in {@code linli.uplink}). A silent connection is probed after 4 s (MQTT 5 Keep Alive,
 * section 3.1.2.10) and closed after 12 s at most.
 */
@Component
public class Uplink implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Uplink.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(1);

  /** Longer than opening and closing a connection takes, and than a commit may take. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

  private final UplinkQueue outbox;
  private final OutboxReport report;
  private final HubAddress hub;
  private final HubsInTurn hubs;
  private final UplinkTopics topics;
  private final UplinkSettings settings;
  private final Registry registry;
  private final Crowding crowding;
  private final Optional<AttachedBroker> broker;
  private final HeldTroubles troubles = new HeldTroubles(this::troubles, System::nanoTime);
  private final Clock clock;
  private final CurrentUplinkState standing;
  private final RateCap cap;
  private final BackOff away;
  private final BackOff nextHub;
  private final BackOff refused;
  private final BackOff takenOver;
  private final String instance = UUID.randomUUID().toString();
  private volatile Signals signals = new Signals();
  private final LivingThreads threads;
  private volatile @Nullable LivingThread worker;
  private volatile String lastTrouble = "";

  Uplink(
      UplinkQueue outbox,
      OutboxReport report,
      HubAddress hub,
      AgentSettings gateway,
      UplinkSettings settings,
      Registry registry,
      Crowding crowding,
      Optional<AttachedBroker> broker,
      Clock clock,
      LivingThreads threads) {
    this.threads = threads;
    this.outbox = outbox;
    this.report = report;
    this.hub = hub;
    this.hubs = new HubsInTurn(hub);
    this.topics = new UplinkTopics(gateway.gatewayId());
    this.settings = settings;
    this.registry = registry;
    this.crowding = crowding;
    this.broker = broker;
    this.clock = clock;
    this.standing = new CurrentUplinkState(clock);
    this.cap = new RateCap(settings.mostPerSecond());
    this.away = BackOff.doubling(settings.firstPause(), settings.longestPause());
    this.nextHub = BackOff.around(settings.firstPause());
    this.refused = BackOff.around(settings.refusedPause());
    this.takenOver = BackOff.around(settings.takenOverPause());
    outbox.onCommit(this::committed);
  }

  /** The current state of the connection to the hub. */
  public UplinkState state() {
    return standing.state();
  }

  /** Why there is no exchange with the hub, as the log says it; empty if there is one. */
  String trouble() {
    return lastTrouble;
  }

  /** Why its thread counts as dead, as a sentence; null if it does not. */
  @Nullable String silence() {
    LivingThread running = worker;
    return running == null ? null : running.silence();
  }

  /** The current problems of this gateway. */
  private Map<GatewayTrouble, Instant> troubles() {
    Map<GatewayTrouble, Instant> present = new EnumMap<>(GatewayTrouble.class);
    present.putAll(report.troubles());
    broker
        .flatMap(AttachedBroker::unheardSince)
        .ifPresent(since -> present.put(GatewayTrouble.BROKER_AWAY, since));
    crowding.lately().ifPresent(crowd -> present.put(GatewayTrouble.PLACES_TAKEN, crowd.since()));
    return present;
  }

  /** Called by the outbox's writer, so it must not block. */
  private void committed() {
    signals.committed();
  }

  private void run(LivingThread own) throws InterruptedException {
    String problem = null;
    try {
      while (!own.isEnding()) {
        own.pause(attempt(own));
      }
    } catch (RuntimeException | Error defect) {
      problem = "The uplink failed and begins again: " + defect;
      throw defect;
    } finally {
      standing.away(problem);
    }
  }

  private Duration attempt(LivingThread own) throws InterruptedException {
    try {
      return talk(own);
    } catch (OutboxUnavailableException e) {
      standing.away(null);
      trouble("The uplink waits for the outbox: " + e.getMessage());
      return away.next();
    }
  }

  /** Serves one connection from beginning to end; returns how long to wait before the next. */
  private Duration talk(LivingThread own) throws InterruptedException {
    Signals fresh = new Signals();
    signals = fresh;
    try (HubConnection connection =
        new HubConnection(
            hubs.current(),
            topics,
            settings,
            fresh,
            instance,
            report::deadLetterCount,
            threads::newest,
            report::forgotten,
            troubles,
            clock)) {
      limited.atInfo("connected").addKeyValue("hub", hubs.current()).log("Connected to the hub");
      hubs.answered();
      lastTrouble = "";
      own.succeeded();
      return talkOver(connection, fresh, own);
    } catch (RefusedByHubException e) {
      String sentence =
          "The hub at %s does not know gateway %s: add it under gateways in the hub's community file, or set LINLI_GATEWAY_ID"
              .formatted(hubs.current(), topics.gateway());
      standing.unknownHere(sentence);
      trouble(sentence);
      return hubs.failed() ? refused.next() : nextHub.next();
    } catch (MqttException e) {
      return lost(PahoConnection.why(e));
    }
  }

  private Duration talkOver(HubConnection connection, Signals fresh, LivingThread own)
      throws MqttException, InterruptedException {
    long began = System.nanoTime();
    Conversation conversation =
        new Conversation(
            outbox,
            settings,
            connection,
            fresh,
            standing,
            clock,
            System::nanoTime,
            cap,
            new RegistryTalk(
                registry, () -> outbox.ledger().refused(), troubles, System::nanoTime));
    String why;
    try {
      why = conversation.hold(own::beat);
    } finally {
      outbox.parted();
      // However it ended: a hub that takes a little and disconnects is retried less and less often.
      long enough = settings.longestPause().toNanos() / (conversation.progressed() ? 3 : 1);
      if (System.nanoTime() - began > enough) {
        away.reset();
      }
    }
    return conversation.takenOver() ? takenOver() : lost(why);
  }

  private Duration takenOver() {
    String sentence =
        "Another agent connected to the hub at %s as gateway %s and took over: give one of the two another LINLI_GATEWAY_ID. What is taken waits on disk"
            .formatted(hubs.current(), topics.gateway());
    standing.takenOver(sentence);
    trouble(sentence);
    return takenOver.next();
  }

  private Duration lost(String why) {
    standing.away(null);
    trouble("The hub at %s is away (%s); what is taken waits on disk".formatted(hub, why));
    return hubs.failed() ? away.next() : nextHub.next();
  }

  /** Logs a problem once, not at each attempt. */
  private void trouble(String sentence) {
    if (!sentence.equals(lastTrouble)) {
      limited.atWarn("trouble").log(sentence);
      lastTrouble = sentence;
    }
  }

  @Override
  public void start() {
    worker = threads.start(LivingThreads.Make.PLATFORM, "uplink", LONGEST_SILENCE, this::run);
  }

  @Override
  public void stop() {
    LivingThread running = worker;
    if (running != null) {
      running.interrupt();
      boolean _ = threads.farewell().join("uplink", FAREWELL_WAIT, running);
      worker = null;
    }
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }
}
