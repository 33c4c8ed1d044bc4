package org.linli.edge.intake.coap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.network.RandomTokenGenerator;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.util.ExecutorsUtil;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.ListenAddress;
import org.linli.edge.intake.LoopbackRule;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.Refusals.Door;
import org.linli.edge.intake.Refusals.Unkept;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The CoAP server for devices. */
@Component
public final class CoapDoor implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(CoapDoor.class);
  private static final int BLOCK = 1_024;
  private static final int THREADS = 2;

  /** Limits of the datagrams that wait to be read: their number and their total bytes. */
  private static final int DATAGRAMS_WAITING = 512;

  private static final long DATAGRAM_BYTES_WAITING = 1 << 20;
  private static final int LARGEST_DATAGRAM = 8_192;

  /** Answers that wait for the socket, which sends them at once. */
  private static final int ANSWERS_WAITING = 1_000;

  /** Lists whose blocks are cached; for a further one each block is created again. */
  private static final int LISTS = 16;

  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(1);

  private static final int MESSAGE_IDS = 0xffff;

  private final CoapSettings settings;
  private final LoopbackRule loopbackRule;
  private final Intake intake;
  private final InstantSource clock;
  private final LivingThreads threads;
  private final Refusals refusals;
  private final LifeSearch search;
  private final int mostRemembered;
  private final long unfinishedBytes;

  private volatile @Nullable CoapServer server;
  private volatile @Nullable CoapPulse pulse;
  private volatile int port;

  public CoapDoor(
      CoapSettings settings,
      LoopbackRule loopbackRule,
      Intake intake,
      DoorMemory memory,
      InstantSource clock,
      LivingThreads threads,
      Refusals refusals,
      LifeSearch search) {
    this.search = search;
    this.settings = settings;
    this.refusals = refusals;
    this.threads = threads;
    this.mostRemembered = settings.rememberedRequests(memory);
    this.unfinishedBytes = memory.blockBytes();
    memory.requireBytes(
        "linli.coap.max-message-size", settings.maxMessageSize().toBytes(), unfinishedBytes);
    this.loopbackRule = loopbackRule;
    this.intake = intake;
    this.clock = clock;
  }

  /** The port it listens on, also if the settings left the choice to the system. */
  public int port() {
    return port;
  }

  @Override
  public void start() {
    ListenAddress listener =
        new ListenAddress(
            "CoAP for devices",
            settings.address(),
            settings.port(),
            "linli.coap.address",
            "linli.coap.port");
    loopbackRule.check(listener);
    Configuration configuration = configuration();
    Readers readers = new Readers(THREADS);
    CoapMessages messages = new CoapMessages(intake, clock, settings, refusals, search);
    Uploads uploads = new Uploads(messages, settings, unfinishedBytes, System::nanoTime);
    CoapEndpoint endpoint = endpoint(configuration, readers, uploads);
    CoapServer opened = new CoapServer(configuration);
    opened.setExecutors(readers, ExecutorsUtil.newDefaultSecondaryScheduler("coap-timer-"), false);
    opened.addEndpoint(endpoint);
    opened.add(EventsResource.withEveryKind());
    opened.setMessageDeliverer(new EventsDeliverer(opened.getRoot(), configuration, messages));
    server = opened;
    try {
      // CoapServer.start would only log why an endpoint cannot start.
      endpoint.start();
      opened.start();
    } catch (IOException failed) {
      stop();
      throw CannotListenException.at(listener, failed);
    }
    InetSocketAddress bound = endpoint.getAddress();
    port = bound.getPort();
    InetAddress reachable =
        bound.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress()
            : bound.getAddress();
    pulse =
        new CoapPulse(
            new InetSocketAddress(reachable, port), readers, uploads::forgetTheOld, threads);
    log.info("CoAP for devices listens on {}:{}/udp", settings.address(), port);
  }

  private CoapEndpoint endpoint(Configuration configuration, Readers readers, Uploads uploads) {
    RandomTokenGenerator tokens = new RandomTokenGenerator(configuration);
    InMemoryMessageExchangeStore exchanges =
        new InMemoryMessageExchangeStore("coap", configuration, tokens);
    exchanges.setDeduplicator(
        new RememberedRequests(
            mostRemembered,
            Math.min(settings.rememberedPerPeer(), mostRemembered),
            configuration.get(CoapConfig.EXCHANGE_LIFETIME, TimeUnit.NANOSECONDS),
            System::nanoTime));
    // One sequence of message ids for all peers, so no state per peer is needed.
    AtomicInteger last = new AtomicInteger(ThreadLocalRandom.current().nextInt());
    exchanges.setMessageIdProvider(destination -> last.incrementAndGet() & MESSAGE_IDS);
    return CoapEndpoint.builder()
        .setConfiguration(configuration)
        .setTokenGenerator(tokens)
        .setMessageExchangeStore(exchanges)
        .setDataSerializerAndParser(
            new UdpDataSerializer(),
            new RequestParser(() -> refusals.count(Door.COAP, Unkept.MALFORMED)))
        .setConnector(
            new BoundedSocket(
                new InetSocketAddress(settings.address(), settings.port()),
                configuration,
                new WaitingDatagrams(
                    DATAGRAMS_WAITING,
                    DATAGRAM_BYTES_WAITING,
                    () -> refusals.count(Door.COAP, Unkept.TURNED_AWAY)),
                readers,
                THREADS,
                threads.guard("coap-datagrams")))
        .setCoapStackFactory(
            (protocol, tag, set, outbox, argument) -> new EventsStack(tag, set, outbox, uploads))
        .build();
  }

  /** All values are set here; no properties file is read or written. */
  private Configuration configuration() {
    CoapConfig.register();
    UdpConfig.register();
    return Configuration.createStandardWithoutFile()
        // After the answer, only what a repetition of it needs stays in memory.
        .set(CoapConfig.USE_MESSAGE_OFFLOADING, true)
        .set(CoapConfig.MAX_ACTIVE_PEERS, LISTS)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK)
        .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, THREADS)
        .set(UdpConfig.UDP_DATAGRAM_SIZE, LARGEST_DATAGRAM)
        .set(UdpConfig.UDP_CONNECTOR_OUT_CAPACITY, ANSWERS_WAITING)
        .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
        .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
  }

  @Override
  public void stop() {
    CoapPulse asking = pulse;
    pulse = null;
    if (asking != null) {
      threads.farewell().end("CoAP pulse", FAREWELL_WAIT, asking::close);
    }
    CoapServer open = server;
    server = null;
    if (open != null) {
      threads.farewell().end("CoAP for devices", FAREWELL_WAIT, open::destroy);
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /** Starts after the routes and stops before them. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 50;
  }
}
