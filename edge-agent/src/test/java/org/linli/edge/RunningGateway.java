package org.linli.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.coap.CoapDoor;
import org.linli.edge.intake.mqtt.MqttDoor;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.picture.Pictures;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway on free ports, with a valve in its commits and no hub. */
public final class RunningGateway implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final Valve valve;
  private final Path data;

  private RunningGateway(ConfigurableApplicationContext context, Valve valve, Path data) {
    this.context = context;
    this.valve = valve;
    this.data = data;
  }

  /**
   * @param data its data folder
   */
  public static RunningGateway start(Path data, String... settings) {
    return start(data, DoorMemory.ofThisProgram(), settings);
  }

  /**
   * @param data its data folder
   * @param memory as of a program with another heap
   */
  public static RunningGateway start(Path data, DoorMemory memory, String... settings) {
    return start(data, Map.of("memoryOfTheTest", memory), settings);
  }

  /**
   * @param data its data folder
   * @param instead beans in place of the program's own, by name
   */
  public static RunningGateway start(Path data, Map<String, Object> instead, String... settings) {
    Valve valve = new Valve();
    Map<String, String> arguments = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(
                "--linli.data=" + data,
                "--linli.hub-uri=mqtt://127.0.0.1:1",
                "--server.port=0",
                "--linli.mqtt.port=0",
                "--linli.coap.port=0"),
            Stream.of(settings))
        .forEach(argument -> arguments.put(argument.split("=", 2)[0], argument));
    return new RunningGateway(
        SharedLogging.run(
            new SpringApplicationBuilder(EdgeAgentApplication.class)
                .initializers(
                    starting -> {
                      starting.getBeanFactory().registerSingleton("commitGate", valve);
                      instead.forEach(starting.getBeanFactory()::registerSingleton);
                    }),
            arguments.values().toArray(String[]::new)),
        valve,
        data);
  }

  public Profiles profiles() {
    return context.getBean(Profiles.class);
  }

  /** The built-in profiles, and Linli JSON. */
  public Set<String> profileNames() {
    Set<String> names = new TreeSet<>(Set.of("linli"));
    context.getBeansOfType(Profile.class).values().forEach(profile -> names.add(profile.name()));
    return names;
  }

  /** Has it keep what came of a message. */
  public void take(Interpreted interpreted) {
    outbox().offer(interpreted);
  }

  public Pictures pictures() {
    return context.getBean(Pictures.class);
  }

  public Valve valve() {
    return valve;
  }

  /** What waits on the disk for the hub, of one device. */
  public List<DeviceEvent> kept(String device) {
    SqliteOutbox outbox = outbox();
    List<DeviceEvent> kept = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      Optional<Batch> next = outbox.next(lane, 0, Batch.MAX_EVENTS);
      while (next.isPresent()) {
        next.get().events().stream()
            .map(TakenEvent::event)
            .filter(event -> event.device().value().equals(device))
            .forEach(kept::add);
        next = outbox.next(lane, next.get().last(), Batch.MAX_EVENTS);
      }
    }
    return kept;
  }

  public DeadLetter lastDeadLetter() {
    return outbox().deadLetters(1).getFirst();
  }

  /** The number of the newest dead letter, 0 where there is none. */
  public long lastDeadLetterId() {
    return outbox().deadLetters(1).stream().mapToLong(DeadLetter::id).findFirst().orElse(0);
  }

  /** How many dead letters of unregistered senders called somebody, told or still to be told. */
  public long calls() {
    long told =
        kept("gateway-1").stream()
            .filter(UnreadableAlarm::is)
            .mapToLong(event -> letters(event.values().find(UnreadableAlarm.LETTERS).orElseThrow()))
            .sum();
    try (Connection reader =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("outbox.db"));
        ResultSet untold =
            reader
                .createStatement()
                .executeQuery("SELECT coalesce(sum(untold), 0) FROM unreadable_alarm")) {
      return told + untold.getLong(1);
    } catch (SQLException broken) {
      throw new AssertionError(broken);
    }
  }

  private static long letters(Value letters) {
    return ((Value.Whole) letters).number();
  }

  /** How often devices said something again. */
  public Map<RepeatReason, Long> repeats() {
    return outbox().repeats().byReason();
  }

  public Ledger ledger() {
    return outbox().ledger();
  }

  /** The hub has everything that was taken, and is there. */
  public void hubHasEverything() {
    Map<Lane, Long> has = new EnumMap<>(Lane.class);
    ledger().lanes().forEach((lane, figures) -> has.put(lane, figures.sequence()));
    outbox().settle(has);
  }

  public Commands commands() {
    return context.getBean(Commands.class);
  }

  public int mqttPort() {
    return context.getBean(MqttDoor.class).port();
  }

  public String coap(String path) {
    return "coap://127.0.0.1:" + context.getBean(CoapDoor.class).port() + path;
  }

  public URI http(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  /** How its threads and doors are. */
  public Health threads() {
    return Objects.requireNonNull(
        context.getBean("threadsHealthIndicator", HealthIndicator.class).health());
  }

  /** How one of its parts is, as the health page shows it. */
  public Health health(String part) {
    return Objects.requireNonNull(
        context.getBean(part + "HealthIndicator", HealthIndicator.class).health());
  }

  /** A gauge of its metrics. */
  public double gauge(String name) {
    return context.getBean(MeterRegistry.class).get(name).gauge().value();
  }

  /** A figure of its metrics. */
  public double figure(String name) {
    return context.getBean(MeterRegistry.class).get(name).functionCounter().count();
  }

  /** How many messages of a profile were taken with something that could not be read. */
  public double defects(String profile) {
    Counter counter =
        context
            .getBean(MeterRegistry.class)
            .find("linli.profile.defects")
            .tag("profile", profile)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  /** What its doors refused, by door and kind. */
  public Map<String, Map<String, Long>> refusals() {
    return context.getBean(Refusals.class).byDoor();
  }

  /** What was refused of a device or client, by kind. */
  public Map<String, Long> refusedOf(String name) {
    return context.getBean(Refusals.class).bySender(1_000).getOrDefault(name, Map.of());
  }

  /** Its web server, which a test can stop without telling the gateway. */
  public TomcatWebServer webServer() {
    return (TomcatWebServer)
        Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
  }

  private SqliteOutbox outbox() {
    return context.getBean(SqliteOutbox.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
