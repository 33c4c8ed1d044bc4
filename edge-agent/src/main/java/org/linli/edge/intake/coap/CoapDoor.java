package org.linli.edge.intake.coap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.network.RandomTokenGenerator;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.util.ExecutorsUtil;
import org.eclipse.californium.elements.util.NamedThreadFactory;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Listener;
import org.linli.edge.intake.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Listens for devices that speak CoAP. */
@Component
public final class CoapDoor implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(CoapDoor.class);
  private static final int BLOCK = 1_024;
  private static final int THREADS = 2;

  /** At most so many datagrams, of at most so many bytes, wait to be read. */
  private static final int DATAGRAMS_WAITING = 512;

  private static final int LARGEST_DATAGRAM = 8_192;

  private final CoapSettings settings;
  private final PlainText plainText;
  private final Intake intake;
  private final InstantSource clock;

  private volatile @Nullable CoapServer server;
  private volatile int port;

  public CoapDoor(CoapSettings settings, PlainText plainText, Intake intake, InstantSource clock) {
    this.settings = settings;
    this.plainText = plainText;
    this.intake = intake;
    this.clock = clock;
  }

  /** The port it listens on, also where the settings left the choice to the system. */
  public int port() {
    return port;
  }

  @Override
  public void start() {
    Listener listener =
        new Listener(
            "CoAP for devices",
            settings.address(),
            settings.port(),
            "linli.coap.address",
            "linli.coap.port");
    plainText.check(listener);
    Configuration configuration = configuration();
    ScheduledThreadPoolExecutor readers =
        new ScheduledThreadPoolExecutor(THREADS, new NamedThreadFactory("coap-"));
    CoapMessages messages = new CoapMessages(intake, clock, settings);
    CoapEndpoint endpoint = endpoint(configuration, readers, messages);
    CoapServer opened = new CoapServer(configuration);
    opened.setExecutors(readers, ExecutorsUtil.newDefaultSecondaryScheduler("coap-timer-"), false);
    opened.addEndpoint(endpoint);
    opened.add(EventsResource.withEveryKind());
    opened.setMessageDeliverer(new EventsDeliverer(opened.getRoot(), configuration, messages));
    server = opened;
    try {
      // The server alone would only log why its endpoint cannot start.
      endpoint.start();
      opened.start();
    } catch (IOException failed) {
      stop();
      throw CannotListenException.at(listener, failed);
    }
    port = endpoint.getAddress().getPort();
    log.info("CoAP for devices listens on {}:{}/udp", settings.address(), port);
  }

  private CoapEndpoint endpoint(
      Configuration configuration, ScheduledThreadPoolExecutor readers, CoapMessages messages) {
    RandomTokenGenerator tokens = new RandomTokenGenerator(configuration);
    InMemoryMessageExchangeStore exchanges =
        new InMemoryMessageExchangeStore("coap", configuration, tokens);
    exchanges.setDeduplicator(
        new RememberedRequests(
            settings.rememberedRequests(),
            settings.rememberedPerPeer(),
            configuration.get(CoapConfig.EXCHANGE_LIFETIME, TimeUnit.NANOSECONDS),
            System::nanoTime));
    return CoapEndpoint.builder()
        .setConfiguration(configuration)
        .setTokenGenerator(tokens)
        .setMessageExchangeStore(exchanges)
        .setDataSerializerAndParser(new UdpDataSerializer(), new RequestParser())
        .setConnector(
            new BoundedSocket(
                new InetSocketAddress(settings.address(), settings.port()),
                configuration,
                () -> readers.getQueue().size(),
                DATAGRAMS_WAITING))
        .setCoapStackFactory(
            (protocol, tag, set, outbox, argument) ->
                new EventsStack(tag, set, outbox, settings, messages))
        .build();
  }

  /** No properties file is read or written: everything is said here. */
  private Configuration configuration() {
    CoapConfig.register();
    UdpConfig.register();
    return Configuration.createStandardWithoutFile()
        // Of an answered request only what is needed to answer it again stays in memory.
        .set(CoapConfig.USE_MESSAGE_OFFLOADING, true)
        .set(CoapConfig.MAX_ACTIVE_PEERS, settings.maxPeers())
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, (int) settings.maxMessageSize().toBytes())
        .set(
            CoapConfig.BLOCKWISE_STATUS_LIFETIME,
            settings.blockTimeout().toSeconds(),
            TimeUnit.SECONDS)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK)
        .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, THREADS)
        .set(UdpConfig.UDP_DATAGRAM_SIZE, LARGEST_DATAGRAM)
        .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
        .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
  }

  @Override
  public void stop() {
    CoapServer open = server;
    server = null;
    if (open != null) {
      open.destroy();
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /** Opens after the routes and closes before them. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 50;
  }
}
