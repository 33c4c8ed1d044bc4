package org.linli.edge.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.Crowding;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.outbox.Forgotten;
import org.linli.edge.outbox.GatewaySettings;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Losses;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.RefusedStrangers;
import org.linli.edge.registry.Registry;
import org.linli.edge.uplink.Uplink;
import org.linli.edge.uplink.UplinkState;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.program.thread.Failure;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Trouble;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page at {@code /}: the gateway's state in words, in the browser's language or in that of
 * {@code ?lang=zh|en}. It needs no script and reloads itself every five seconds.
 */
@RestController
final class LocalPage {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="%1$s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="refresh" content="5">
      <title>%2$s · Linli 邻里</title>
      <style>
        body { font: 1.1rem/1.6 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 40rem;
               margin: clamp(.8rem, 5vw, 3rem) auto; padding: 0 clamp(.6rem, 3vw, 1rem);
               color: #1c2733; background: #f6f7f9; overflow-wrap: anywhere; }
        main { background: #fff; border-radius: .6rem; padding: 1.2rem clamp(.9rem, 4vw, 1.6rem); }
        h1 { font-size: 1.3rem; margin: .2rem 0 1rem; }
        p { margin: .6rem 0; }
        .troubles { border-left: .35rem solid #b3261e; background: #fdf1f0; border-radius: .3rem;
                    padding: .2rem 1rem; margin: 0 0 1.2rem; }
        nav { font-size: .9rem; margin-top: 1.2rem; display: flex; flex-wrap: wrap;
              gap: .2rem 1.2rem; }
        nav a { padding: .4rem 0; color: #0b57a4; }
      </style>
      </head>
      <body><main>
      <h1>%3$s</h1>
      %4$s
      <nav><a href="/api/ledger">%7$s</a> <a href="/api/devices">%8$s</a> \
      <a href="/api/dead-letters">%9$s</a> <a href="?lang=%5$s" lang="%5$s">%6$s</a></nav>
      </main></body>
      </html>
      """;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm '(UTC'xxx')'");
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm '(UTC'xxx')'");

  /** Most devices whose losses the page lists. */
  private static final int LOSSES_NAMED = 3;

  private final GatewaySettings gateway;
  private final Outbox outbox;
  private final Liveness liveness;
  private final Uplink uplink;
  private final Registry registry;
  private final Optional<AttachedBroker> broker;
  private final LivingThreads threads;
  private final Crowding crowding;
  private final InstantSource clock;
  private final ResourceBundleMessageSource words = new ResourceBundleMessageSource();

  LocalPage(
      GatewaySettings gateway,
      Outbox outbox,
      Liveness liveness,
      Uplink uplink,
      Registry registry,
      Optional<AttachedBroker> broker,
      LivingThreads threads,
      Crowding crowding,
      InstantSource clock) {
    this.gateway = gateway;
    this.outbox = outbox;
    this.liveness = liveness;
    this.uplink = uplink;
    this.registry = registry;
    this.broker = broker;
    this.threads = threads;
    this.crowding = crowding;
    this.clock = clock;
    words.setBasename("org.linli.edge.local.words");
    words.setDefaultEncoding(StandardCharsets.UTF_8.name());
    words.setFallbackToSystemLocale(false);
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String page(@RequestParam(required = false) @Nullable String lang, Locale browser) {
    String asked = lang == null ? browser.getLanguage() : lang;
    Locale language = asked.equals("zh") ? Locale.CHINESE : Locale.ENGLISH;
    Ledger ledger = outbox.ledger();
    UplinkState hub = uplink.state();
    StringBuilder story = new StringBuilder();
    StringBuilder troubles = new StringBuilder();
    tellOfTroubles(troubles, language);
    tellOfTheAbsence(troubles, language);
    tellOfTheGivenUp(troubles, language);
    tellOfTheRefusal(troubles, language, hub);
    tellOfTheCrowd(troubles, language);
    tellOfTheForgotten(troubles, language, outbox.forgotten());
    tellOfRefusedStrangers(troubles, language, outbox.refusedStrangers());
    if (!troubles.isEmpty()) {
      story.append("<div class=\"troubles\">\n").append(troubles).append("</div>\n");
    }
    tell(story, language, liveness.count() == 0 ? "devices.none" : "devices", liveness.count());
    tellOfTheRegistry(story, language);
    tell(story, language, ledger.taken() == 0 ? "taken.none" : "taken", ledger.taken());
    whereItCanBeRead(story, language, () -> tellOfTheQueues(story, language, ledger));
    tellOfTheHub(story, language, hub);
    broker.ifPresent(attached -> tellOfTheBroker(story, language, attached.state()));
    if (ledger.receipted() > 0) {
      tell(story, language, "receipted", ledger.receipted());
    }
    if (ledger.refused() > 0) {
      tell(story, language, "refused", ledger.refused());
    }
    if (ledger.shed() > 0) {
      whereItCanBeRead(story, language, () -> tellOfTheLosses(story, language, ledger));
    }
    if (!ledger.balances()) {
      tell(story, language, "unbalanced");
    }
    String name = HtmlUtils.htmlEscape(gateway.gatewayId().value());
    return PAGE.formatted(
        language.getLanguage(),
        name,
        word(language, "title", name),
        story,
        language.equals(Locale.CHINESE) ? "en" : "zh",
        word(language, "other-language"),
        word(language, "ledger"),
        word(language, "device-list"),
        word(language, "dead-letters"));
  }

  /** Problems that need a person, before everything else. */
  private void tellOfTroubles(StringBuilder story, Locale language) {
    if (outbox.state() instanceof OutboxState.Refusing(var since, var cause, var why)) {
      String key =
          switch (cause) {
            case FULL -> "disk.full";
            case NO_ROOM -> "disk.no-room";
            case READ_ONLY -> "disk.read-only";
            case DISK_ERRORS -> "disk.errors";
            case DAMAGED -> "disk.damaged";
            case GONE -> "disk.gone";
            case OTHER -> "disk.other";
          };
      tell(
          story,
          language,
          key,
          time(since),
          HtmlUtils.htmlEscape(folder()),
          HtmlUtils.htmlEscape(why));
    }
    Instant diskFull = outbox.troubles().get(GatewayTrouble.DISK_FULL);
    if (diskFull != null && outbox.state() instanceof OutboxState.Working) {
      tell(story, language, "disk.reserve", time(diskFull), HtmlUtils.htmlEscape(folder()));
    }
    if (!outbox.knowsFreeSpace()) {
      tell(story, language, "disk.unknown", HtmlUtils.htmlEscape(folder()));
    }
    List<Trouble> failing = threads.troubles();
    if (!failing.isEmpty()) {
      tell(
          story,
          language,
          "parts.fail",
          failing.stream()
              .map(trouble -> words(language, trouble))
              .collect(Collectors.joining(word(language, "semicolon"))));
    }
  }

  private String words(Locale language, Trouble trouble) {
    String part = HtmlUtils.htmlEscape(trouble.thread());
    return switch (trouble) {
      case Trouble.Fails(Failure newest) ->
          word(
              language,
              "part.fails",
              part,
              time(newest.at()),
              HtmlUtils.htmlEscape(newest.cause()));
      case Trouble.IsSilent(_, long seconds) -> word(language, "part.silent", part, seconds);
    };
  }

  private void tellOfTheAbsence(StringBuilder story, Locale language) {
    broker.ifPresent(
        attached ->
            attached
                .unheardSince()
                .ifPresent(
                    since ->
                        tell(
                            story,
                            language,
                            "broker.unheard",
                            time(since),
                            HtmlUtils.htmlEscape(attached.state().broker()))));
  }

  private void tellOfTheGivenUp(StringBuilder story, Locale language) {
    outbox
        .givenUpLately()
        .ifPresent(
            lost ->
                tell(
                    story,
                    language,
                    "given-up",
                    lost.events(),
                    time(lost.since()),
                    time(lost.lastAt())));
  }

  private void tellOfTheCrowd(StringBuilder story, Locale language) {
    crowding
        .lately()
        .ifPresent(
            crowd ->
                tell(
                    story,
                    language,
                    "crowd",
                    crowd.places(),
                    crowd.putOut(),
                    Crowding.LATELY_MINUTES));
  }

  private String folder() {
    return gateway.data().toAbsolutePath().normalize().toString();
  }

  private void whereItCanBeRead(StringBuilder story, Locale language, Runnable telling) {
    try {
      telling.run();
    } catch (OutboxUnavailableException refused) {
      tell(story, language, "disk.unread");
    }
  }

  private void tellOfTheForgotten(StringBuilder story, Locale language, Forgotten forgotten) {
    Instant since = forgotten.since();
    if (since != null) {
      String newcomer = forgotten.newcomer();
      tell(
          story,
          language,
          newcomer == null ? "forgotten" : "forgotten.newcomer",
          forgotten.sinceThen(),
          time(since),
          newcomer == null ? "" : HtmlUtils.htmlEscape(newcomer));
    }
  }

  private void tellOfRefusedStrangers(
      StringBuilder story, Locale language, RefusedStrangers strangers) {
    Instant since = strangers.since();
    if (since != null) {
      tell(
          story,
          language,
          "strangers.refused",
          strangers.sinceThen(),
          time(since),
          HtmlUtils.htmlEscape(String.valueOf(strangers.newest())));
    }
  }

  /** In the gateway's time zone, which it names; with the date if it is not today. */
  private String time(Instant at) {
    ZonedDateTime then = at.atZone(ZoneId.systemDefault());
    boolean isToday =
        then.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), then.getZone()));
    return (isToday ? TIME : DAY_AND_TIME).format(then);
  }

  private void tellOfTheRegistry(StringBuilder story, Locale language) {
    registry
        .version()
        .ifPresentOrElse(
            version -> tell(story, language, "registry", version.toString(), registry.size()),
            () -> tell(story, language, "registry.none"));
    if (registry.problem().isPresent()) {
      tell(story, language, "registry.problem");
    }
  }

  private void tellOfTheQueues(StringBuilder story, Locale language, Ledger ledger) {
    if (ledger.queued() == 0) {
      tell(story, language, "queued.none");
      return;
    }
    tell(story, language, "queued", ledger.queued());
    Map<Lane, Instant> oldest = outbox.oldestWaiting();
    for (Lane lane : Lane.values()) {
      Ledger.LaneFigures figures = ledger.lanes().get(lane);
      Instant since = oldest.get(lane);
      if (figures != null && figures.queued() > 0 && since != null) {
        tell(
            story, language, "queued." + lane.wireName(), figures.queued(), words(language, since));
      }
    }
  }

  private void tellOfTheLosses(StringBuilder story, Locale language, Ledger ledger) {
    tell(story, language, "shed", ledger.shed());
    Ledger.LaneFigures urgent = ledger.lanes().get(Lane.URGENT);
    if (urgent != null && urgent.shed() > 0) {
      tell(story, language, "shed.urgent", urgent.shed());
    }
    Losses losses = outbox.losses(LOSSES_NAMED + 1);
    if (losses.devices() > 0) {
      String named =
          losses.most().stream()
              .filter(loss -> !loss.device().equals(Losses.OTHERS))
              .limit(LOSSES_NAMED)
              .map(
                  loss ->
                      word(
                          language,
                          "shed.device",
                          HtmlUtils.htmlEscape(loss.device().value()),
                          loss.events()))
              .collect(Collectors.joining(word(language, "comma")));
      tell(story, language, "shed.devices", losses.devices(), named);
    }
    if (losses.ofOthers() > 0) {
      tell(story, language, "shed.others", losses.ofOthers());
    }
  }

  /** The time since then, in words. */
  private String words(Locale language, Instant since) {
    Duration ago = Duration.between(since, clock.instant());
    if (ago.toMinutes() < 1) {
      return word(language, "span.moment");
    }
    if (ago.toHours() < 1) {
      return word(language, "span.minutes", ago.toMinutes());
    }
    return ago.toDays() < 1
        ? word(language, "span.hours", ago.toHours())
        : word(language, "span.days", ago.toDays());
  }

  private void tellOfTheRefusal(StringBuilder story, Locale language, UplinkState hub) {
    String name = HtmlUtils.htmlEscape(gateway.gatewayId().value());
    switch (hub.refusal()) {
      case TAKEN_OVER -> tell(story, language, "hub.taken-over", name);
      case UNKNOWN_GATEWAY -> tell(story, language, "hub.unknown-gateway", name);
      case null -> {}
    }
  }

  private void tellOfTheHub(StringBuilder story, Locale language, UplinkState hub) {
    if (hub.refusal() == null) {
      tellOfTheLink(story, language, hub);
    }
    if (hub.lastReceiptAt() != null) {
      tell(story, language, "receipt.last", words(language, hub.lastReceiptAt()));
    }
  }

  private void tellOfTheLink(StringBuilder story, Locale language, UplinkState hub) {
    switch (hub.link()) {
      case AWAY, ASKING -> tell(story, language, "hub.away", words(language, hub.since()));
      case CONNECTED -> {
        tell(story, language, "hub.connected");
        for (Lane lane : Lane.values()) {
          UplinkState.LaneState state = hub.lanes().get(lane);
          if (state != null && state.halted() != null) {
            tell(story, language, "hub.halted." + lane.wireName());
          }
        }
      }
    }
  }

  private void tellOfTheBroker(StringBuilder story, Locale language, BrokerState attached) {
    String key =
        switch (attached.link()) {
          case ATTACHED -> "broker.attached";
          case AWAY -> "broker.away";
          case REFUSED -> "broker.refused";
        };
    tell(story, language, key, HtmlUtils.htmlEscape(attached.broker()));
    if (attached.sessionsLost() > 0) {
      tell(story, language, "broker.forgot", attached.sessionsLost());
    }
  }

  private void tell(StringBuilder story, Locale language, String key, Object... arguments) {
    story.append("<p>").append(word(language, key, arguments)).append("</p>\n");
  }

  private String word(Locale language, String key, Object... arguments) {
    return words.getMessage(key, arguments, language);
  }
}
