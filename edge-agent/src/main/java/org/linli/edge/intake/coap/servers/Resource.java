package org.linli.edge.intake.coap.servers;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;
import org.linli.edge.intake.coap.servers.CoapServersSettings.Server;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.retry.BackOff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One resource of a device that is a CoAP server. Everything runs on one thread, that of the timer.
 *
 * <pre>
 *   GET, Observe: 0 ──▶ notifications … ──Max-Age over──▶ GET, Observe: 0 again (RFC 7641 3.3.1)
 *        │ no Observe in the answer                            │ no answer, or an error
 *        ▼                                                     ▼
 *   GET again and again                              GET after a growing pause
 * </pre>
 *
 * <p>The CoAP library acknowledges a notification before it is on disk. If the disk does not take
 * it, the resource is asked again, so that the newest state is always taken in the end.
 */
final class Resource implements CoapHandler {

  private static final Logger log = LoggerFactory.getLogger(Resource.class);

  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private static final int MOST_WAITING = 8;

  /**
   * Answers that are accepted in a second; beyond that, the resource is asked for its newest state.
   */
  static final int MOST_IN_A_SECOND = 20;

  private final Server server;
  private final CoapClient client;
  private final Asked asked;

  /** Limits the answers of all servers that wait for processing. */
  private final Semaphore room;

  private final Intake intake;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ScheduledExecutorService timer;
  private final BackOff pauses;
  private @Nullable CoapObserveRelation relation;
  private @Nullable ScheduledFuture<?> next;
  private boolean stopped;

  /** Answers of this resource that wait for the timer. */
  private final AtomicInteger waiting = new AtomicInteger();

  private long secondBegan;
  private int inThisSecond;
  private final AtomicBoolean passedOver = new AtomicBoolean();

  /** Why the resource cannot be read; empty while it can. The health page reads it. */
  private volatile String trouble = "";

  Resource(
      Server server,
      CoapClient client,
      Asked asked,
      Semaphore room,
      Intake intake,
      InstantSource clock,
      LongSupplier nanos,
      ScheduledExecutorService timer,
      BackOff pauses) {
    this.server = server;
    this.client = client;
    this.asked = asked;
    this.room = room;
    this.intake = intake;
    this.clock = clock;
    this.nanos = nanos;
    this.secondBegan = nanos.getAsLong();
    this.timer = timer;
    this.pauses = pauses;
  }

  String where() {
    return server.uri().toString();
  }

  String trouble() {
    return trouble;
  }

  void start() {
    onTimer(this::ask);
  }

  void stop() {
    onTimer(
        () -> {
          stopped = true;
          cancelNext();
          forgetRelation();
        });
  }

  private void onTimer(Runnable work) {
    try {
      timer.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error unforeseen) {
              failed("an unforeseen failure in the gateway");
              throw unforeseen;
            }
          });
    } catch (RejectedExecutionException ended) {
      log.atDebug().setCause(ended).log("The gateway stops");
    }
  }

  private void ask() {
    cancelNext();
    if (stopped) {
      return;
    }
    Request request = Request.newGet();
    request.setURI(server.uri());
    asked.at(server.uri(), request.getDestinationContext().getPeerAddress());
    forgetRelation();
    if (server.observe()) {
      request.setObserve();
      relation = client.observe(request, this);
    } else {
      client.advanced(this, request);
    }
  }

  private void forgetRelation() {
    CoapObserveRelation old = relation;
    relation = null;
    if (old != null) {
      old.reactiveCancel();
    }
  }

  @Override
  public void onLoad(CoapResponse response) {
    if (isTooMuch() || waiting.get() >= MOST_WAITING || !room.tryAcquire()) {
      passOver();
      return;
    }
    waiting.incrementAndGet();
    onTimer(
        () -> {
          try {
            answered(response);
          } finally {
            waiting.decrementAndGet();
            room.release();
          }
        });
  }

  private synchronized boolean isTooMuch() {
    long now = nanos.getAsLong();
    if (now - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
      secondBegan = now;
      inThisSecond = 0;
    }
    inThisSecond++;
    return inThisSecond > MOST_IN_A_SECOND;
  }

  /**
   * There are more answers than can be processed: the resource is asked for its newest state, as
   * after a refusal of the disk.
   */
  private void passOver() {
    limited
        .atWarn("passed-over " + where())
        .addKeyValue("server", where())
        .addKeyValue("device", server.device())
        .log("A CoAP server tells more than is taken, and is asked for its newest value");
    if (passedOver.compareAndSet(false, true)) {
      onTimer(
          () -> {
            passedOver.set(false);
            askIn(pauses.next());
          });
    }
  }

  @Override
  public void onError() {
    onTimer(() -> failed("it does not answer"));
  }

  private void answered(CoapResponse response) {
    if (stopped) {
      return;
    }
    if (!response.isSuccess()) {
      failed("it answers " + response.getCode().text + " " + response.getCode().name());
      return;
    }
    if (!trouble.isEmpty()) {
      log.atInfo().addKeyValue("server", where()).log("A CoAP server can be read again");
      trouble = "";
    }
    pauses.reset();
    hand(response);
    if (!response.advanced().getOptions().hasObserve()) {
      askIn(server.every());
    }
  }

  private void hand(CoapResponse response) {
    byte[] payload = response.getPayload() == null ? new byte[0] : response.getPayload();
    int format = response.getOptions().getContentFormat();
    Address address = address(format);
    if (address == null) {
      intake.accept(
          Message.unreadable(
                  where(),
                  payload,
                  clock.instant(),
                  new Refusal(
                      RefusalReason.UNSUPPORTED_FORMAT,
                      "content format %d is not read here; 50 (JSON), 60 (CBOR), 110 and 112 (SenML) are; name a profile in linli.coap.servers for others"
                          .formatted(format)),
                  new AskAgain())
              .sentTo(
                  new Address.Device(
                      Format.LINLI_JSON, String.valueOf(server.kind()), server.device())));
    } else {
      intake.accept(new Message(where(), address, payload, clock.instant(), new AskAgain()));
    }
  }

  private @Nullable Address address(int format) {
    String profile = server.profile();
    if (profile != null) {
      return new Address.ToProfile(
          profile,
          server.device(),
          format == MediaTypeRegistry.UNDEFINED ? "" : MediaTypeRegistry.toString(format));
    }
    Format read =
        switch (format) {
          case MediaTypeRegistry.APPLICATION_JSON, MediaTypeRegistry.UNDEFINED -> Format.LINLI_JSON;
          case MediaTypeRegistry.APPLICATION_CBOR -> Format.LINLI_CBOR;
          case MediaTypeRegistry.APPLICATION_SENML_JSON -> Format.SENML_JSON;
          case MediaTypeRegistry.APPLICATION_SENML_CBOR -> Format.SENML_CBOR;
          default -> null;
        };
    return read == null
        ? null
        : new Address.Device(read, String.valueOf(server.kind()), server.device());
  }

  /** Logs a problem once, not at each attempt. */
  private void failed(String why) {
    if (stopped) {
      return;
    }
    if (!trouble.equals(why)) {
      log.atWarn()
          .addKeyValue("server", where())
          .addKeyValue("device", server.device())
          .log("A CoAP server cannot be read: {}; it is tried again", why);
      trouble = why;
    }
    askIn(pauses.next());
  }

  private void askIn(Duration pause) {
    cancelNext();
    try {
      next = timer.schedule(() -> onTimer(this::ask), pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      log.atDebug().setCause(ended).log("The gateway stops");
    }
  }

  private void cancelNext() {
    ScheduledFuture<?> waiting = next;
    next = null;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** Asks again for what was not kept; there is no request to answer. */
  private final class AskAgain implements Reply {
    @Override
    public void taken() {}

    @Override
    public void refused(Refusal refusal) {}

    @Override
    public void unavailable(String why) {
      onTimer(() -> askIn(pauses.next()));
    }
  }
}
