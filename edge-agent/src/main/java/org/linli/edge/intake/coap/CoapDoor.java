package org.linli.edge.intake.coap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
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
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setInetSocketAddress(new InetSocketAddress(settings.address(), settings.port()))
            .build();
    CoapServer opened = new CoapServer(configuration);
    opened.setExecutors(
        ExecutorsUtil.newScheduledThreadPool(THREADS, new NamedThreadFactory("coap-")),
        ExecutorsUtil.newDefaultSecondaryScheduler("coap-timer-"),
        false);
    opened.addEndpoint(endpoint);
    opened.add(new EventsResource(intake, clock, settings.retryAfter()));
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

  /** No properties file is read or written: everything is said here. */
  private Configuration configuration() {
    CoapConfig.register();
    UdpConfig.register();
    return Configuration.createStandardWithoutFile()
        // The default keeps every message for 247 s and fills a small heap within seconds.
        .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
        .set(CoapConfig.MAX_ACTIVE_PEERS, settings.maxPeers())
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, (int) settings.maxMessageSize().toBytes())
        .set(
            CoapConfig.BLOCKWISE_STATUS_LIFETIME,
            settings.blockTimeout().toSeconds(),
            TimeUnit.SECONDS)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK)
        .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, THREADS)
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
