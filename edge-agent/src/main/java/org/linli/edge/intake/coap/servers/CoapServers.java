package org.linli.edge.intake.coap.servers;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.network.RandomTokenGenerator;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.util.NamedThreadFactory;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.coap.BoundedSocket;
import org.linli.edge.intake.coap.CoapSettings;
import org.linli.edge.intake.coap.RememberedRequests;
import org.linli.program.retry.BackOff;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads devices that are CoAP servers, through one socket of its own on a free port. Component
 * {@code coapServers} of the health page names those that cannot be read. They are not a fault of
 * the gateway.
 */
@Component
final class CoapServers implements SmartLifecycle, HealthIndicator {

  private static final int THREADS = 1;

  /** Messages of one server that are remembered, to recognise repetitions. */
  private static final int REMEMBERED_OF_ONE = 64;

  /** Answers of all servers that wait for processing; at the limit nothing more is read. */
  private static final int ANSWERS_WAITING = 64;

  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(1);

  private final CoapServersSettings settings;
  private final CoapSettings limits;
  private final Intake intake;
  private final InstantSource clock;
  private final LivingThreads threads;
  private volatile List<Resource> resources = List.of();
  private volatile @Nullable CoapEndpoint endpoint;
  private @Nullable ScheduledThreadPoolExecutor reader;
  private @Nullable ScheduledExecutorService timer;
  private @Nullable Guard guard;

  CoapServers(
      CoapServersSettings settings,
      CoapSettings limits,
      Intake intake,
      InstantSource clock,
      LivingThreads threads) {
    this.threads = threads;
    this.settings = settings;
    this.limits = limits;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public void start() {
    if (settings.servers().isEmpty()) {
      return;
    }
    ScheduledThreadPoolExecutor reading =
        new ScheduledThreadPoolExecutor(THREADS, new NamedThreadFactory("coap-client-"));
    reader = reading;
    Asked asked = new Asked();
    CoapEndpoint opened = endpoint(asked, reading);
    opened.setExecutors(reading, reading);
    endpoint = opened;
    try {
      opened.start();
    } catch (IOException failed) {
      stop();
      throw CannotListenException.because(
          "No UDP socket can be opened for the CoAP servers of linli.coap.servers ("
              + failed
              + ").");
    }
    ScheduledExecutorService ticking = threads.scheduler("coap-servers");
    timer = ticking;
    Semaphore room = new Semaphore(ANSWERS_WAITING);
    resources =
        settings.servers().stream()
            .map(
                server ->
                    new Resource(
                        server,
                        client(opened, reading),
                        asked,
                        room,
                        intake,
                        clock,
                        System::nanoTime,
                        ticking,
                        BackOff.doubling(settings.firstPause(), settings.longestPause())))
            .toList();
    resources.forEach(Resource::start);
  }

  /** Accepts only answers of servers that were asked, and no more at a time than it reads. */
  private CoapEndpoint endpoint(Asked asked, ScheduledThreadPoolExecutor reading) {
    Configuration configuration = configuration();
    RandomTokenGenerator tokens = new RandomTokenGenerator(configuration);
    InMemoryMessageExchangeStore exchanges =
        new InMemoryMessageExchangeStore("coap-client", configuration, tokens);
    int most = DoorMemory.ofThisProgram().coapServerMessages();
    exchanges.setDeduplicator(
        new RememberedRequests(
            most,
            Math.min(REMEMBERED_OF_ONE, most),
            configuration.get(CoapConfig.EXCHANGE_LIFETIME, TimeUnit.NANOSECONDS),
            System::nanoTime));
    Guard guarding = threads.guard("coap-answers");
    guard = guarding;
    return CoapEndpoint.builder()
        .setConfiguration(configuration)
        .setTokenGenerator(tokens)
        .setMessageExchangeStore(exchanges)
        .setConnector(
            BoundedSocket.ofClient(
                settings.local(), configuration, asked::includes, reading, guarding))
        .build();
  }

  private static CoapClient client(CoapEndpoint endpoint, ScheduledThreadPoolExecutor reading) {
    return new CoapClient().setEndpoint(endpoint).setExecutors(reading, reading, true);
  }

  /** All values are set here; no properties file is read or written. */
  private Configuration configuration() {
    CoapConfig.register();
    UdpConfig.register();
    return Configuration.createStandardWithoutFile()
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, (int) limits.maxMessageSize().toBytes())
        .set(CoapConfig.MAX_ACTIVE_PEERS, Math.max(16, settings.servers().size() * 2))
        .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
        .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
  }

  /** Everybody may see the description on the page, but not the details. */
  @Override
  public Health health() {
    Map<String, String> troubles = new TreeMap<>();
    for (Resource resource : resources) {
      if (!resource.trouble().isEmpty()) {
        troubles.put(resource.where(), resource.trouble());
      }
    }
    String sentence =
        troubles.entrySet().stream()
            .map(trouble -> trouble.getKey() + ": " + trouble.getValue())
            .collect(Collectors.joining("; "));
    return Health.status(new Status(Status.UP.getCode(), sentence)).withDetails(troubles).build();
  }

  @Override
  public void stop() {
    if (endpoint != null) {
      threads.farewell().end("CoAP servers", FAREWELL_WAIT, this::close);
    }
  }

  private synchronized void close() {
    resources.forEach(Resource::stop);
    resources = List.of();
    ScheduledExecutorService ticking = timer;
    timer = null;
    if (ticking != null) {
      ticking.close();
    }
    CoapEndpoint open = endpoint;
    endpoint = null;
    if (open != null) {
      open.destroy();
    }
    ScheduledThreadPoolExecutor reading = reader;
    reader = null;
    if (reading != null) {
      reading.shutdownNow();
    }
    Guard guarding = guard;
    guard = null;
    if (guarding != null) {
      threads.forget(guarding);
    }
  }

  @Override
  public boolean isRunning() {
    return endpoint != null;
  }

  /** Starts after the routes and stops before them. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 50;
  }
}
