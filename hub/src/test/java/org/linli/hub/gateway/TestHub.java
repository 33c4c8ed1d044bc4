package org.linli.hub.gateway;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.hub.LogMetrics;
import org.linli.hub.adoption.Adoption;
import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.adoption.RegistryAtGateway;
import org.linli.hub.gateway.endpoint.GatewayEndpoint;
import org.linli.hub.gateway.entrance.BatchEntrance;
import org.linli.hub.intake.HubLedger;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.intake.RecordingParticipant;
import org.linli.hub.records.TestDatabase;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.event.EventListener;

/**
 * A hub from the connection to the records, all of it real: endpoint or broker attachment, flow,
 * intake, SQLite. Behind it stands a participant that the test can look into.
 */
public final class TestHub implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  // Without @Configuration, so that a whole hub in another test does not find it when it scans.
  @EnableAutoConfiguration
  @ComponentScan({
    "org.linli.hub.records",
    "org.linli.hub.adoption",
    "org.linli.hub.gateway",
    "org.linli.hub.intake",
    "org.linli.hub.journal",
    "org.linli.hub.flow"
  })
  @ConfigurationPropertiesScan({
    "org.linli.hub.records",
    "org.linli.hub.gateway",
    "org.linli.hub.intake",
    "org.linli.hub.journal"
  })
  static class Rooms {

    private final List<Object> published = new CopyOnWriteArrayList<>();
    private volatile Consumer<GatewayId> onConnected = gateway -> {};
    private volatile Runnable onBacklog = () -> {};
    private final List<String> clocksRead = new CopyOnWriteArrayList<>();
    private final List<GatewayDeadLettersRead> deadLettersRead = new CopyOnWriteArrayList<>();
    private final List<GatewayTroublesRead> troublesRead = new CopyOnWriteArrayList<>();
    private final List<GatewayThreadFailed> threadsFailed = new CopyOnWriteArrayList<>();
    private final List<GatewayBacklogRead> backlogsRead = new CopyOnWriteArrayList<>();

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    Registry registry() {
      return new Registry(
          List.of(
              new CommunityPlan(
                  new Community(
                      new CommunityId("xiongguan"),
                      new BilingualName("雄关", "Xiongguan"),
                      ZoneId.of("UTC")),
                  List.of(new Grid("grid-1", new BilingualName("网格", "Grid"), 300)),
                  List.of(new Building("b1", "grid-1", new BilingualName("楼", "House"), 6)),
                  List.of(
                      new Gateway(new GatewayId("gateway-1"), "b1"),
                      new Gateway(new GatewayId("gateway-2"), "b1")),
                  List.of(),
                  List.of(),
                  List.of())));
    }

    @Bean
    RecordingParticipant participant() {
      return new RecordingParticipant();
    }

    @EventListener
    void connected(GatewayConnected event) {
      onConnected.accept(event.gateway());
      published.add(event);
    }

    @EventListener
    void disconnected(GatewayDisconnected event) {
      published.add(event);
    }

    @EventListener
    void clockRead(GatewayClockRead event) {
      clocksRead.add(event.gateway() + " " + event.sentAt());
    }

    @EventListener
    void backlogRead(GatewayBacklogRead event) {
      onBacklog.run();
      backlogsRead.add(event);
    }

    @EventListener
    void deadLettersRead(GatewayDeadLettersRead event) {
      deadLettersRead.add(event);
    }

    @EventListener
    void troublesRead(GatewayTroublesRead event) {
      troublesRead.add(event);
    }

    @EventListener
    void shared(IdentityShared event) {
      published.add(event);
    }

    @EventListener
    void takenOver(TakenOverAgain event) {
      published.add(event);
    }

    @EventListener
    void failed(GatewayThreadFailed event) {
      threadsFailed.add(event);
    }
  }

  public TestHub(Path data, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--linli.data=" + data));
    TestDatabase.settings(data).forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(List.of(arguments));
    if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--linli.gateway."))) {
      all.add("--linli.gateway.port=0");
    }
    context =
        new SpringApplicationBuilder(Rooms.class)
            .web(WebApplicationType.NONE)
            .registerShutdownHook(false)
            .run(all.toArray(String[]::new));
  }

  public int port() {
    return context.getBean(GatewayEndpoint.class).port();
  }

  /** Called when a gateway greets; what it throws, the greeting throws. */
  public void onConnected(Consumer<GatewayId> action) {
    context.getBean(Rooms.class).onConnected = action;
  }

  /** Called when a gateway says what waits there; what it throws, a listener of the hub throws. */
  public void onBacklog(Runnable action) {
    context.getBean(Rooms.class).onBacklog = action;
  }

  public BatchEntrance entrance() {
    return context.getBean(BatchEntrance.class);
  }

  public RecordingParticipant participant() {
    return context.getBean(RecordingParticipant.class);
  }

  public Adoption adoption() {
    return context.getBean(Adoption.class);
  }

  public RegistryAtGateway registryAt(String gateway) {
    return context.getBean(GatewayRegistries.class).at(new GatewayId(gateway));
  }

  /** What time it was at which gateway, each time one said so. */
  public List<String> clocksRead() {
    return context.getBean(Rooms.class).clocksRead;
  }

  /** What waited at which gateway, each time one said so. */
  public List<GatewayBacklogRead> backlogsRead() {
    return context.getBean(Rooms.class).backlogsRead;
  }

  /** What which gateway could not read, each time one said so. */
  public List<GatewayDeadLettersRead> deadLettersRead() {
    return context.getBean(Rooms.class).deadLettersRead;
  }

  /** What was wrong at which gateway, each time that changed. */
  public List<GatewayTroublesRead> troublesRead() {
    return context.getBean(Rooms.class).troublesRead;
  }

  /** What failed at which gateway, each time the hub was told. */
  public List<GatewayThreadFailed> threadsFailed() {
    return context.getBean(Rooms.class).threadsFailed;
  }

  public HubLedger ledger() {
    return context.getBean(IntakeLedger.class).ledger();
  }

  /** Each coming, going and sharing of an identity, as text without its time. */
  public List<String> comingsAndGoings() {
    return context.getBean(Rooms.class).published.stream()
        .map(
            event ->
                switch (event) {
                  case GatewayConnected connected -> connected.gateway() + " came";
                  case GatewayDisconnected gone -> gone.gateway() + " went";
                  case IdentityShared shared ->
                      shared.gateway() + " is " + shared.instance() + " besides " + shared.other();
                  case TakenOverAgain again ->
                      again.gateway() + " is taken over " + again.times() + " times";
                  default -> throw new IllegalStateException(event.toString());
                })
        .toList();
  }

  @Override
  public void close() {
    context.close();
    LogMetrics.letGo();
  }
}
