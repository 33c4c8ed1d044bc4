package org.linli.hub.gateway.entrance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.AppliedSoFar;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayBacklogRead;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.gateway.GatewayDeadLettersRead;
import org.linli.hub.gateway.GatewayDisconnected;
import org.linli.hub.gateway.GatewayThreadFailed;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.gateway.TakenOverAgain;
import org.linli.hub.records.Availability;
import org.linli.hub.registry.Registry;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Processes the messages that a gateway sends, over either kind of connection. Every method may
 * block, except {@link #admits} and {@link #takenOverAgain}: never call the others from an event
 * loop or a client's callback.
 */
@Component
public class BatchEntrance {

  private static final Logger log = LoggerFactory.getLogger(BatchEntrance.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final ProducerTemplate camel;
  private final Registry registry;
  private final AppliedSoFar appliedSoFar;
  private final Instances instances;
  private final RegistryDelivery delivery;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final LivingThreads threads;

  /**
   * If a gateway reports failures faster, the newest is noted when the gateway reports it again.
   */
  private static final int FAILURES_AT_ONCE = 16;

  private static final Duration FAILURE_EACH = Duration.ofMinutes(1);

  private final Map<GatewayId, TokenBucket> failureRates = new ConcurrentHashMap<>();

  /** The failure that each gateway reported last. */
  private final Map<GatewayId, UserProperties.Failed> failures = new ConcurrentHashMap<>();

  /** A message that was sent at most this long before one already heard was overtaken by it. */
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);

  /** If a gateway reports new troubles faster, they are noted when it reports them again. */
  private final Map<GatewayId, TokenBucket> troubleRates = new ConcurrentHashMap<>();

  /** The troubles that each gateway reported last. */
  private final Map<GatewayId, Troubles> troubles = new ConcurrentHashMap<>();

  /**
   * What is wrong at a gateway.
   *
   * @param sentAt when it reported this, by its own clock; null if it gave no time
   */
  private record Troubles(Map<GatewayTrouble, Instant> all, @Nullable Instant sentAt) {

    /**
     * Returns whether a newer report was already heard. If the clock was set back by more than
     * {@link #OUT_OF_ORDER}, the new report is believed.
     */
    boolean isStale(@Nullable Troubles before) {
      Instant newest = before == null ? null : before.sentAt();
      return sentAt != null
          && newest != null
          && sentAt.isBefore(newest)
          && Duration.between(sentAt, newest).compareTo(OUT_OF_ORDER) <= 0;
    }
  }

  /** One for each gateway, whichever connections it uses. */
  private final Map<GatewayId, Guard> guards = new ConcurrentHashMap<>();

  private final Map<Beside, Guard> guardsBeside = new ConcurrentHashMap<>();

  /**
   * What a gateway reports besides its batches, identified by the type of event that is published.
   */
  private record Beside(GatewayId gateway, Class<?> what) implements Comparable<Beside> {

    /** Also keeps hash tables of these fast if names were chosen to have equal hash codes. */
    @Override
    public int compareTo(Beside other) {
      int byGateway = gateway.compareTo(other.gateway);
      return byGateway != 0 ? byGateway : what.getName().compareTo(other.what.getName());
    }
  }

  BatchEntrance(
      ProducerTemplate camel,
      Registry registry,
      AppliedSoFar appliedSoFar,
      Instances instances,
      RegistryDelivery delivery,
      ApplicationEventPublisher events,
      Clock clock,
      LivingThreads threads) {
    this.camel = camel;
    this.registry = registry;
    this.appliedSoFar = appliedSoFar;
    this.instances = instances;
    this.delivery = delivery;
    this.events = events;
    this.clock = clock;
    this.threads = threads;
  }

  /** Returns the guard that reports failures of a gateway's work. */
  public Guard guard(GatewayId gateway) {
    return guards.computeIfAbsent(gateway, own -> threads.guard("gateway-" + own, own.value()));
  }

  /** Returns how many gateways there may be. */
  public int gateways() {
    return registry.gateways().size();
  }

  /** Returns whether the gateway is in a community. If not, the log says what to do. */
  public boolean admits(GatewayId gateway) {
    boolean admitted = registry.isKnownGateway(gateway);
    if (!admitted) {
      limited
          .atWarn("unknown gateway")
          .addKeyValue("gateway", gateway)
          .log(
              "Refused a gateway that no community has: add it under gateways in the community"
                  + " file");
    }
    return admitted;
  }

  /**
   * Handles a gateway that came online: sends it how far its lanes were applied, and reports to the
   * hub that it is connected.
   *
   * @param instance the name that this run of the agent gives itself; null if it gives none
   * @param down sends a message to the gateway's {@code down} topic
   * @return the receipts that were sent to it
   */
  public List<Receipt.Applied> online(
      GatewayId gateway,
      @Nullable String instance,
      Consumer<Receipt> receipt,
      Consumer<byte[]> down) {
    List<Receipt.Applied> statements = appliedSoFar.of(gateway);
    statements.forEach(receipt);
    delivery.online(gateway, down);
    events.publishEvent(new GatewayConnected(gateway, clock.instant()));
    limited
        .atInfo("online " + gateway)
        .addKeyValue("gateway", gateway)
        .addKeyValue("watermarks", statements)
        .log("Gateway online");
    String other = instances.cameBackAfter(gateway, instance);
    if (instance != null && other != null) {
      limited
          .atWarn("shared " + gateway)
          .addKeyValue("gateway", gateway)
          .addKeyValue("instance", instance)
          .addKeyValue("other", other)
          .log(
              "Two agents run under one gateway's identity: give one of them another"
                  + " LINLI_GATEWAY_ID");
      publish(gateway, new IdentityShared(gateway, instance, other, clock.instant()));
    }
    return statements;
  }

  /**
   * Publishes what a gateway reported besides its batches. A failure is logged, and the batches go
   * on.
   */
  private boolean publish(GatewayId gateway, Object event) {
    return guardsBeside
        .computeIfAbsent(
            new Beside(gateway, event.getClass()),
            beside ->
                threads.guard(
                    "gateway-" + gateway + "-" + beside.what().getSimpleName(), gateway.value()))
        .run(() -> events.publishEvent(event));
  }

  /** Notes the time on the gateway's clock, if the gateway reported it. */
  public void noteClock(GatewayId gateway, @Nullable Instant sentAt) {
    if (sentAt != null) {
      publish(gateway, new GatewayClockRead(gateway, sentAt, clock.instant()));
    }
  }

  /**
   * Notes which of the gateway's threads failed, if the gateway reported one. The same failure is
   * noted once, and failures are limited to a rate that a person can follow.
   */
  public void noteFailed(GatewayId gateway, UserProperties.@Nullable Failed failed) {
    if (failed != null
        && !failed.equals(failures.get(gateway))
        && failureRates
            .computeIfAbsent(
                gateway, _ -> new TokenBucket(FAILURES_AT_ONCE, FAILURE_EACH, System::nanoTime))
            .tryTake()
        && publish(
            gateway,
            new GatewayThreadFailed(
                gateway, failed.thread(), failed.cause(), failed.at(), clock.instant()))) {
      failures.put(gateway, failed);
    }
  }

  /**
   * Notes what is wrong at the gateway. Each message reports everything that is wrong. New troubles
   * are limited to a rate that a person can follow. A trouble keeps the time that was reported with
   * it first.
   */
  public void noteTroubles(GatewayId gateway, UserProperties said) {
    Troubles now = new Troubles(said.troubles(), said.sentAt());
    Troubles before = troubles.get(gateway);
    Map<GatewayTrouble, Instant> known = before == null ? null : before.all();
    if (now.isStale(before)) {
      return;
    }
    if (known != null && known.keySet().equals(now.all().keySet())) {
      troubles.put(gateway, new Troubles(known, now.sentAt()));
    } else if (mayTell(gateway, known, now.all())
        && publish(gateway, new GatewayTroublesRead(gateway, known, now.all(), clock.instant()))) {
      troubles.put(gateway, now);
    }
  }

  /**
   * The same for a greeting, behind which nothing comes late that was said before it: a gateway's
   * clock may be a little behind after its start.
   */
  public void noteTroublesAnew(GatewayId gateway, UserProperties said) {
    troubles.computeIfPresent(gateway, (_, before) -> new Troubles(before.all(), null));
    noteTroubles(gateway, said);
  }

  private boolean mayTell(
      GatewayId gateway,
      @Nullable Map<GatewayTrouble, Instant> before,
      Map<GatewayTrouble, Instant> now) {
    return (before == null ? Set.of() : before.keySet()).containsAll(now.keySet())
        || troubleRates
            .computeIfAbsent(
                gateway, _ -> new TokenBucket(FAILURES_AT_ONCE, FAILURE_EACH, System::nanoTime))
            .tryTake();
  }

  /** Notes what waits at the gateway, if the gateway reported it. */
  public void noteBacklog(GatewayId gateway, Lane lane, @Nullable Backlog backlog) {
    if (backlog != null) {
      publish(gateway, new GatewayBacklogRead(gateway, lane, backlog));
    }
  }

  /** Notes the gateway's dead letters, if the gateway reported them. */
  public void noteDeadLetters(GatewayId gateway, @Nullable GatewayDeadLetters deadLetters) {
    if (deadLetters != null) {
      publish(gateway, new GatewayDeadLettersRead(gateway, deadLetters));
    }
  }

  /**
   * Takes a report of the equipment that a gateway hears. An unusable report is ignored, because
   * the gateway sends it again.
   */
  public void reported(GatewayId gateway, byte[] payload, Consumer<byte[]> down) {
    delivery.reported(gateway, payload, down);
  }

  /**
   * Reports that connections of a gateway keep taking over from each other. Listeners only count
   * it, so this may be called from an event loop.
   */
  public void takenOverAgain(GatewayId gateway, String from) {
    boolean _ =
        publish(
            gateway,
            new TakenOverAgain(
                gateway, from, Takeovers.TOO_MANY, Takeovers.PERIOD, clock.instant()));
  }

  public void offline(GatewayId gateway) {
    delivery.offline(gateway);
    events.publishEvent(new GatewayDisconnected(gateway, clock.instant()));
    limited.atInfo("offline " + gateway).addKeyValue("gateway", gateway).log("Gateway offline");
  }

  /**
   * Hands batches to the flow and waits until they are processed.
   *
   * @return false if nothing was applied and no receipt was sent; the batches must come again
   */
  public boolean process(
      GatewayId gateway, Lane lane, List<byte[]> payloads, Consumer<Receipt> receipt) {
    Instant now = clock.instant();
    try {
      camel.sendBody(
          ArrivedBatch.ENDPOINT,
          payloads.stream()
              .map(payload -> new ArrivedBatch(gateway, lane, payload, now, receipt))
              .toList());
      return true;
    } catch (CamelExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (Availability.explains(e)) {
        return false;
      }
      limited
          .atError(gateway.value())
          .addKeyValue("gateway", gateway)
          .addKeyValue("lane", lane)
          .addKeyValue("batches", payloads.size())
          .setCause(e.getCause())
          .log("Batches could not be applied now; the gateway keeps them and sends them again");
      return false;
    }
  }
}
