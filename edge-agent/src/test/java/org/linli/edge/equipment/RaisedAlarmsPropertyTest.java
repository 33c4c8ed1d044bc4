package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.springframework.util.FileSystemUtils;

/**
 * In every profile, whatever else comes in whatever order, kept or not, a raised alarm stays raised
 * until something is said about that very condition. The alarms and the messages are those of
 * {@link RaisedAlarms} and, as noise, the equipment page's of the same profile.
 *
 * <p>A profile of which no alarm is there fails the build.
 */
class RaisedAlarmsPropertyTest {

  private static final Path CASES = Path.of("src/test/resources/equipment");

  /** Own mappings are profiles of a file each; the page shows them together. */
  private static final String MAPPINGS = "mapping";

  private static final int MOST = 40;

  /** One message in this many is not kept, and one comes again late. */
  private static final int FATES = 5;

  private static Path data = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all
  private static RunningGateway gateway;

  private static int runs;
  private static final Map<String, List<Sent>> noise = new HashMap<>();

  @BeforeContainer
  static void start() throws IOException {
    data = Files.createTempDirectory("raised");
    gateway = RunningGateway.start(data, RaisedAlarms.SETTINGS);
    try (Stream<Path> files = Files.walk(CASES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".case")).sorted().toList()) {
        EquipmentCase read = EquipmentCase.read(file);
        noise
            .computeIfAbsent(
                String.valueOf(CASES.relativize(file).getName(0)), _ -> new ArrayList<>())
            .add(new Sent(read.address(), read.payload()));
      }
    }
  }

  @AfterContainer
  static void stop() throws IOException {
    gateway.close();
    FileSystemUtils.deleteRecursively(data);
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.integers().between(0, 10_000).list().ofMinSize(1).ofMaxSize(MOST);
  }

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void whateverElseComesARaisedAlarmStaysRaised(@ForAll("orders") List<Integer> order) {
    runs++;
    for (RaisedAlarm alarm : RaisedAlarms.ALL) {
      String run = run(alarm);
      Sent end = alarm.end().inRun(run);
      if (alarm.isOfOneDevice()) {
        // It may still be raised from the run before.
        var _ = told(end);
      }
      DeviceId device = raise(alarm, run);
      List<Sent> others = others(alarm, run);
      for (int each : order) {
        Sent other = others.get(each % others.size());
        Interpreted read = read(other);
        assertThat(ends(alarm, device, events(read))).as("%s ended by %s", alarm, other).isFalse();
        switch (each / others.size() % FATES) {
          case 0 -> read.notKept();
          case 1 -> read.basis().repeated(_ -> true);
          default -> {}
        }
      }
      assertThat(ends(alarm, device, told(end))).as("%s not ended by its end", alarm).isTrue();
    }
  }

  /** A restart is no news, and what the gateway knew then still holds. */
  @Example
  void overARestartARaisedAlarmStaysRaised() throws Exception {
    Path folder = Files.createTempDirectory("restarted");
    Map<String, DeviceId> devices = new HashMap<>();
    try {
      try (RunningGateway before = RunningGateway.start(folder, RaisedAlarms.SETTINGS)) {
        for (RaisedAlarm alarm : RaisedAlarms.ALL) {
          devices.put(
              run(alarm),
              device(alarm, kept(before, alarm.begin().inRun(run(alarm)))).orElseThrow());
        }
      }
      try (RunningGateway after = RunningGateway.start(folder, RaisedAlarms.SETTINGS)) {
        for (RaisedAlarm alarm : RaisedAlarms.ALL) {
          String run = run(alarm);
          DeviceId device = Objects.requireNonNull(devices.get(run));
          List<DeviceEvent> again = kept(after, alarm.begin().inRun(run));
          assertThat(device(alarm, again).isPresent())
              .as("%s told once more", alarm)
              .isEqualTo(alarm.isToldEachTime());
          for (Sent other : alarm.others()) {
            assertThat(ends(alarm, device, kept(after, other.inRun(run))))
                .as("%s ended by %s", alarm, other)
                .isFalse();
          }
          assertThat(ends(alarm, device, kept(after, alarm.end().inRun(run))))
              .as("%s not ended by its end", alarm)
              .isTrue();
        }
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  @Example
  void everyProfileHasAnAlarm() {
    Set<String> tested = new TreeSet<>(RaisedAlarms.WITHOUT_END);
    RaisedAlarms.ALL.forEach(alarm -> tested.add(alarm.profile()));

    Set<String> builtIn = gateway.profileNames();
    assertThat(builtIn).hasSizeGreaterThan(10);
    assertThat(tested).as("profiles of which RaisedAlarms has an alarm").containsAll(builtIn);
    assertThat(RaisedAlarms.ALL)
        .allSatisfy(
            alarm ->
                assertThat(alarm.others())
                    .as("messages that do not end %s", alarm)
                    .hasSizeGreaterThan(1));
  }

  /** So that the alarms of one profile are of different devices. */
  private static String run(RaisedAlarm alarm) {
    return runs + "x" + RaisedAlarms.ALL.indexOf(alarm);
  }

  private static DeviceId raise(RaisedAlarm alarm, String run) {
    Sent begin = alarm.begin().inRun(run);
    List<DeviceEvent> events = told(begin);
    assertThat(device(alarm, events)).as("%s told in %s", alarm, events).isPresent();
    return device(alarm, events).orElseThrow();
  }

  /** That again, what is not about it, and what others of that make send. */
  private static List<Sent> others(RaisedAlarm alarm, String run) {
    List<Sent> others = new ArrayList<>();
    others.add(alarm.begin().inRun(run));
    alarm.others().forEach(other -> others.add(other.inRun(run)));
    boolean isMapped = !noise.containsKey(alarm.profile());
    others.addAll(noise.getOrDefault(isMapped ? MAPPINGS : alarm.profile(), List.of()));
    return others;
  }

  private static Optional<DeviceId> device(RaisedAlarm alarm, List<DeviceEvent> events) {
    return events.stream()
        .filter(event -> event.type().value().equals(alarm.raised()))
        .map(DeviceEvent::device)
        .findFirst();
  }

  private static boolean ends(RaisedAlarm alarm, DeviceId device, List<DeviceEvent> events) {
    return events.stream()
        .anyMatch(
            event ->
                event.device().equals(device) && alarm.clearing().contains(event.type().value()));
  }

  private static Interpreted read(Sent sent) {
    return gateway.profiles().interpret(sent.message());
  }

  private static List<DeviceEvent> told(Sent sent) {
    return events(read(sent));
  }

  private static List<DeviceEvent> events(Interpreted read) {
    return read instanceof Interpreted.Understood understood ? understood.events() : List.of();
  }

  /** The events of a message that is on the disk of a gateway. */
  private static List<DeviceEvent> kept(RunningGateway running, Sent sent) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Interpreted read =
        running
            .profiles()
            .interpret(
                new Message(
                    "test://x",
                    sent.address(),
                    sent.payload(),
                    TestProfiles.RECEIVED,
                    reply(answer)));
    running.take(read);
    assertThat(answer.get(30, TimeUnit.SECONDS)).isNotEqualTo("unavailable");
    return events(read);
  }

  private static Reply reply(CompletableFuture<String> answer) {
    return new Reply() {
      @Override
      public void taken() {
        answer.complete("taken");
      }

      @Override
      public void refused(Refusal refusal) {
        answer.complete("refused");
      }

      @Override
      public void unavailable(String why) {
        answer.complete("unavailable");
      }
    };
  }
}
