package org.linli.edge.intake.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.retry.BackOff;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Receives what devices publish at an external broker, for as long as the agent runs. If the broker
 * is unreachable or the disk refuses, it retries after 0.25 s, doubling to 30 s. If the broker
 * refuses this gateway, it retries every 60 s. Each pause varies (settings in {@code
 * linli.broker}). The back-off starts again only after a connection that lasted longer than the
 * longest pause.
 */
final class BrokerDoor implements AttachedBroker, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(BrokerDoor.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(1);

  /** Connecting, subscribing and disconnecting each wait some ten seconds. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final BrokerSettings settings;
  private final LargeMessages large;
  private final String clientId;
  private final Intake intake;
  private final InstantSource clock;
  private final CurrentBrokerState standing;
  private final LostSessions session;
  private final BackOff away;
  private final BackOff refused;
  private final LongAdder dropped = new LongAdder();
  private volatile @Nullable Attachment current;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread worker;
  private String lastTrouble = "";

  /**
   * @param folder the gateway's data folder
   */
  BrokerDoor(
      BrokerSettings settings,
      String clientId,
      Path folder,
      Intake intake,
      InstantSource clock,
      LivingThreads threads,
      LifeSearch search) {
    this.large = new LargeMessages(Math.toIntExact(settings.maxMessageSize().toBytes()), search);
    this.threads = threads;
    this.settings = settings;
    this.clientId = clientId;
    this.intake = intake;
    this.clock = clock;
    this.standing = new CurrentBrokerState(settings.where(), clock, System::nanoTime);
    this.session = new LostSessions(settings, clientId, folder, clock);
    this.away = BackOff.doubling(settings.firstPause(), settings.longestPause());
    this.refused = BackOff.around(settings.refusedPause());
  }

  @Override
  public BrokerState state() {
    return standing.state();
  }

  @Override
  public Optional<Instant> unheardSince() {
    return standing.unheardSince();
  }

  /** Messages of QoS 0 that the disk did not take and that are not sent again. */
  long dropped() {
    return dropped.sum();
  }

  private void run(LivingThread own) throws InterruptedException {
    warnOfPlainText();
    try {
      while (!own.isEnding()) {
        own.pause(visit(own));
      }
    } finally {
      standing.away();
    }
  }

  /** Serves one connection from beginning to end; returns how long to wait before the next. */
  private Duration visit(LivingThread own) throws InterruptedException {
    Attachment attachment =
        new Attachment(settings, large, intake, clock, standing, refused, dropped);
    current = attachment;
    if (own.isEnding()) {
      attachment.stop();
    }
    try (BrokerConnection connection =
        new BrokerConnection(settings, large, clientId, attachment)) {
      if (session.attached(connection.sessionPresent(), connection.grantedExpiry())) {
        standing.sessionLost();
      }
      limited
          .atInfo("attached to " + settings.where())
          .addKeyValue("broker", settings.where())
          .addKeyValue("client", clientId)
          .log("Attached to the broker; what devices publish there is taken");
      lastTrouble = "";
      own.succeeded();
      return stay(own, attachment, connection);
    } catch (RefusedByBrokerException e) {
      String sentence = String.valueOf(e.getMessage());
      trouble("refused by ", sentence);
      standing.refused(sentence);
      return refused.next();
    } catch (MqttException e) {
      return lost(PahoConnection.why(e));
    }
  }

  private Duration stay(LivingThread own, Attachment attachment, BrokerConnection connection)
      throws InterruptedException {
    long began = System.nanoTime();
    Attachment.Ending ending;
    try {
      ending = attachment.serve(connection, own::beat);
    } catch (MqttException e) {
      ending = new Attachment.Ending.Lost(PahoConnection.why(e));
    } finally {
      session.left();
    }
    // However many messages came: a broker that ends each connection is retried less and less
    // often.
    if (System.nanoTime() - began > settings.longestPause().toNanos()) {
      away.reset();
    }
    return switch (ending) {
      case Attachment.Ending.Lost(String why) -> lost(why);
      case Attachment.Ending.GivenUp(String why) -> givenUp(why);
      case Attachment.Ending.Stopped() -> Duration.ZERO;
    };
  }

  private Duration lost(String why) {
    trouble(
        "away from ",
        "The broker at %s is away (%s); what devices publish meanwhile waits there"
            .formatted(settings.where(), why));
    standing.away();
    return away.next();
  }

  private Duration givenUp(String why) {
    trouble(
        "given up to ",
        "The connection to the broker at %s was given up, so that it sends again what was not kept: %s"
            .formatted(settings.where(), why));
    standing.hungUp();
    return away.next();
  }

  /** Logs a problem once, not at each attempt. */
  private void trouble(String cause, String sentence) {
    if (!sentence.equals(lastTrouble)) {
      limited.atWarn(cause + settings.where()).log("{}", sentence);
      lastTrouble = sentence;
    }
  }

  private void warnOfPlainText() {
    try {
      if (!InetAddress.getByName(settings.host()).isLoopbackAddress()) {
        log.warn(
            "What devices publish at the broker at {}, and the password there, comes over the"
                + " network without encryption: whoever is on the way can read and change it",
            settings.where());
      }
    } catch (UnknownHostException unknown) {
      log.atDebug().setCause(unknown).log("The broker's name is not known now");
    }
  }

  @Override
  public void start() {
    worker = threads.start(LivingThreads.Make.PLATFORM, "broker", LONGEST_SILENCE, this::run);
  }

  /** Stops without an interrupt, which would also abort a write to the disk. */
  @Override
  public void stop() {
    LivingThread running = worker;
    if (running == null) {
      return;
    }
    running.end();
    Attachment attachment = current;
    if (attachment != null) {
      attachment.stop();
    }
    if (!threads.farewell().join("broker", FAREWELL_WAIT, running)) {
      running.interrupt();
    }
    worker = null;
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }

  /** Starts after the routes and stops before them. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 50;
  }
}
