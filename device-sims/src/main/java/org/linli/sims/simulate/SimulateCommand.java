package org.linli.sims.simulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linli.sims.community.Community;
import org.linli.sims.community.UnusableCommunityException;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.day.LinliJson;
import org.linli.sims.day.NamedDay;
import org.linli.sims.day.SimulatedDay;
import org.linli.sims.day.SimulatedDay.Script;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.equipment.Mix;
import org.linli.sims.equipment.Way;
import org.linli.sims.journal.Journal;
import org.linli.sims.journal.JournalFile;
import org.linli.sims.link.Addresses;
import org.linli.sims.link.CoapLinks;
import org.linli.sims.link.HttpLinks;
import org.linli.sims.link.Probe;
import org.linli.sims.options.DoorOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code device-sims simulate}. */
@Command(
    name = "simulate",
    description = {
      "Plays a day of a community to a gateway: doors, cameras, elevators and parking, most over"
          + " MQTT (3.1.1 and 5), some over CoAP, each device with a connection of its own.",
      "",
      "The same community, day, seed and start always give the same events. Sent events carry the"
          + " present as their time. What was not acknowledged is sent again under the same id"
          + " until it is; the count at the end is the simulators' own."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every event offered was acknowledged.",
      "1:An event was refused or stayed unanswered.",
      "2:The command line or the community file cannot be used.",
      "3:No gateway answers."
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

  @Mixin private DoorOptions doors = new DoorOptions();

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "how long to wait for the gateway to come up (${DEFAULT-VALUE})")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--community",
      paramLabel = "FILE",
      description = "whose equipment to play, a community file (the sample community)")
  private @Nullable Path communityFile;

  @Option(
      names = "--gateway",
      paramLabel = "ID",
      description = "only the devices of that gateway (all)")
  private @Nullable String gateway;

  @Option(
      names = "--day",
      paramLabel = "NAME",
      defaultValue = "ordinary",
      description = "which day: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private NamedDay day = NamedDay.ORDINARY;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "chance, by number: the same number, the same day (${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--from",
      paramLabel = "HH:MM",
      defaultValue = "07:00",
      description = "the time of day to start at (${DEFAULT-VALUE})")
  private LocalTime from = LocalTime.of(7, 0);

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "how long to play, for example 60s, 5m (until stopped)")
  private @Nullable Duration length;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "how many seconds of the day pass in one second, up to 3600 (${DEFAULT-VALUE})")
  private double speed = 1;

  @Option(
      names = "--story",
      description =
          "one critical alert a minute, the first after 3 s: trapped passengers who are let out, an"
              + " e-bike in an elevator, overspeed, fire, a fall from a height; and a fire lane"
              + " blocked for four minutes")
  private boolean story;

  @Option(
      names = "--boot",
      paramLabel = "TEXT",
      description =
          "what stands between device and count in ids, so that a second run is not taken for a"
              + " repetition of the first (when sending: the start time; with --print: nothing)")
  private @Nullable String boot;

  @Option(
      names = "--print",
      description = "write the events as JSON lines instead of sending them, as fast as they come")
  private boolean print;

  @Option(
      names = "--formats",
      paramLabel = "FORMAT=N,…",
      description =
          "beside the community one piece of equipment of each of these makes, which sends its own"
              + " format by its own protocol every five seconds or so, N times as often (none);"
              + " the formats are those of \"device-sims load --mix\"")
  private @Nullable String formats;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "take down all that is offered and every answer, in a new file, for \"device-sims"
              + " reconcile\"")
  private @Nullable Path record;

  @Option(names = "--count", paramLabel = "N", description = "stop after so many events")
  private @Nullable Long count;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the count as JSON at the end, for \"device-sims check\"")
  private @Nullable Path report;

  private final Console console;
  private final InstantSource clock;

  public SimulateCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException, IOException {
    if (!(speed > 0 && speed <= 3600)) {
      throw CannotRunException.unusable("--speed is above 0 and at most 3600, not " + speed + ".");
    }
    if (print && length == null && count == null) {
      throw CannotRunException.unusable(
          "--print needs an end: add --count 500 or --for 60s, for example.");
    }
    if (print && (formats != null || record != null)) {
      throw CannotRunException.unusable(
          "--print shows the community's day without sending it: leave out --formats and"
              + " --record.");
    }
    Optional<Mix> mix =
        formats == null ? Optional.empty() : Optional.of(Mix.parse("--formats", formats));
    Community community = community();
    if (community.devices().isEmpty()) {
      throw CannotRunException.unusable(
          gateway == null
              ? "The community has no devices: there is nothing to play."
              : "The community has no devices behind a gateway named " + gateway + ".");
    }
    return print ? print(community) : play(community, mix);
  }

  private int print(Community community) {
    SimulatedDay events = new SimulatedDay(community, script(boot == null ? "" : boot));
    Limit limit = limit(events);
    while (true) {
      SimulatedEvent event = events.next();
      if (!limit.allows(event)) {
        return ExitCode.HOLDS;
      }
      console.out().println(LinliJson.line(event));
    }
  }

  private int play(Community community, Optional<Mix> mix)
      throws CannotRunException, InterruptedException, IOException {
    Wiring wiring = new Wiring(community.devices(), seed);
    requireGateway(wiring, mix);
    InetSocketAddress mqttGateway = Addresses.of(doors.mqtt(), "mqtt", Addresses.MQTT_PORT);
    CoapLinks coapLinks =
        new CoapLinks(Addresses.of(doors.coap(), "coap", Addresses.COAP_PORT), true);
    String started = Long.toString(clock.millis() / 1000, 36);
    SimulatedDay events = new SimulatedDay(community, script(boot == null ? started : boot));
    Tally<Protocol> tally = new Tally<>();
    MessageTally messages = new MessageTally();
    String run = Long.toString(clock.millis(), 36);
    console.complain(
        "Playing %d devices, %s day, seed %d, from %s. Ctrl-C ends the day."
            .formatted(community.devices().size(), day, seed, from));
    try (Journal journal = journal(run)) {
      Recording recording = new Recording(journal);
      Makes.Doors open = new Makes.Doors(mqttGateway, coapLinks, new HttpLinks(doors.http(), true));
      try (Fleet fleet = new Fleet(community, wiring, tally, recording, mqttGateway, coapLinks);
          Makes makes = new Makes(mix, open, recording, messages, seed, events.start(), run);
          Playing playing = new Playing(fleet, makes, tally, messages, clock, console)) {
        playing.play(events, limit(events), speed);
        playing.awaitAnswers(ANSWERS_WITHIN);
        recording.ended();
        Tally.Count total = summarise(tally, messages);
        return total.offered() == total.acknowledged() ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
      }
    }
  }

  private Journal journal(String run) throws CannotRunException {
    return record == null
        ? Journal.NONE
        : JournalFile.create(record, run, clock.instant().truncatedTo(ChronoUnit.MILLIS), clock);
  }

  private Limit limit(SimulatedDay events) {
    return new Limit(events.start(), length == null ? null : compressed(length), count);
  }

  private Tally.Count summarise(Tally<Protocol> tally, MessageTally messages) throws IOException {
    var counts = tally.counts();
    if (report != null) {
      Report.write(report, counts, messages);
    }
    Tally.Count total = counts.values().stream().reduce(Tally.Count.NONE, Tally.Count::plus);
    console.say("protocol                offered  acknowledged   refused  unanswered  sent again");
    counts.forEach((protocol, one) -> console.say(row(protocol.toString(), one)));
    console.say(row("together", total));
    if (messages.total().offered() > 0) {
      console.say("messages of makes");
      messages.counts().forEach((format, one) -> console.say(row(format.toString(), one)));
    }
    return total.plus(messages.total());
  }

  private static String row(String name, Tally.Count count) {
    return "%-20s %10d  %12d  %8d  %10d  %10d"
        .formatted(
            name,
            count.offered(),
            count.acknowledged(),
            count.refused(),
            count.unanswered(),
            count.repeated());
  }

  private void requireGateway(Wiring wiring, Optional<Mix> mix)
      throws CannotRunException, InterruptedException {
    if (wiring.uses(Protocol.MQTT) || mix.isPresent() && mix.get().uses(Way.MQTT)) {
      Probe.requireTcp(doors.mqtt(), "mqtt", Addresses.MQTT_PORT, "--mqtt", patience);
    }
    if (wiring.uses(Protocol.COAP) || mix.isPresent() && mix.get().uses(Way.COAP)) {
      Probe.requireCoap(doors.coap(), "--coap");
    }
    if (mix.isPresent() && mix.get().uses(Way.HTTP)) {
      Probe.requireTcp(doors.http(), "http", 8081, "--http", patience);
    }
  }

  private Community community() throws CannotRunException {
    try {
      Community all = communityFile == null ? Community.sample() : Community.read(communityFile);
      return gateway == null ? all : all.behind(gateway);
    } catch (UnusableCommunityException e) {
      throw CannotRunException.unusable(e.sentence());
    }
  }

  private Script script(String idPart) {
    return new Script(day, seed, from, story ? compressed(Duration.ofMinutes(1)) : null, idPart);
  }

  /** How much of the day passes in that time. */
  private Duration compressed(Duration time) {
    return Duration.ofMillis((long) (time.toMillis() * speed));
  }
}
