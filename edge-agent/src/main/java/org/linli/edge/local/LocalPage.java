package org.linli.edge.local;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.Refusals;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Losses;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.profile.RepeatReason;
import org.linli.edge.registry.Registry;
import org.linli.edge.uplink.Uplink;
import org.linli.edge.uplink.UplinkState;
import org.linli.event.Lane;
import org.springframework.context.MessageSource;
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
      <a href="/dead-letters?lang=%1$s">%9$s</a> <a href="?lang=%5$s" lang="%5$s">%6$s</a></nav>
      </main></body>
      </html>
      """;

  /** Most devices whose losses the page lists. */
  private static final int LOSSES_NAMED = 3;

  /** Most devices that the page lists with what they repeated. */
  private static final int REPEATERS_NAMED = 3;

  private final AgentSettings gateway;
  private final OutboxReport outbox;
  private final Liveness liveness;
  private final Uplink uplink;
  private final Registry registry;
  private final Optional<AttachedBroker> broker;
  private final PageTroubles troubles;
  private final Refusals refusals;
  private final DefectCounts marked;
  private final InstantSource clock;
  private final MessageSource words = PageWords.load();

  LocalPage(
      AgentSettings gateway,
      OutboxReport outbox,
      Liveness liveness,
      Uplink uplink,
      Registry registry,
      Optional<AttachedBroker> broker,
      PageTroubles troubles,
      Refusals refusals,
      DefectCounts marked,
      InstantSource clock) {
    this.gateway = gateway;
    this.outbox = outbox;
    this.liveness = liveness;
    this.uplink = uplink;
    this.registry = registry;
    this.broker = broker;
    this.troubles = troubles;
    this.refusals = refusals;
    this.marked = marked;
    this.clock = clock;
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String page(@RequestParam(required = false) @Nullable String lang, Locale browser) {
    Locale language = PageWords.language(lang, browser);
    Ledger ledger = outbox.ledger();
    UplinkState hub = uplink.state();
    Sentences pressing = new Sentences(words, language, clock);
    troubles.tell(pressing, hub);
    Sentences story = new Sentences(words, language, clock);
    story.tell(liveness.count() == 0 ? "devices.none" : "devices", liveness.count());
    tellOfTheRegistry(story);
    story.tell(ledger.taken() == 0 ? "taken.none" : "taken", ledger.taken());
    whereItCanBeRead(story, () -> tellOfTheQueues(story, ledger));
    tellOfTheHub(story, hub);
    broker.ifPresent(attached -> tellOfTheBroker(story, attached.state()));
    if (ledger.receipted() > 0) {
      story.tell("receipted", ledger.receipted());
    }
    if (ledger.refused() > 0) {
      story.tell("refused", ledger.refused());
    }
    long defects = marked.byProfile().values().stream().mapToLong(Long::longValue).sum();
    if (defects > 0) {
      story.tell("defects", defects);
    }
    tellOfRepeats(story, outbox.repeats());
    if (!refusals.byDoor().isEmpty()) {
      story.tell("refusals", shown(story, refusals.byDoor()));
    }
    Map<String, Map<String, Long>> senders = refusals.bySender(REPEATERS_NAMED);
    if (!senders.isEmpty()) {
      story.tell("refusals.senders", shown(story, senders));
    }
    if (ledger.shed() > 0) {
      whereItCanBeRead(story, () -> tellOfTheLosses(story, ledger));
    }
    if (!ledger.balances()) {
      story.tell("unbalanced");
    }
    String name = HtmlUtils.htmlEscape(gateway.gatewayId().value());
    return PAGE.formatted(
        language.getLanguage(),
        name,
        story.word("title", name),
        (pressing.isEmpty() ? "" : "<div class=\"troubles\">\n" + pressing.html() + "</div>\n")
            + story.html(),
        PageWords.other(language),
        story.word("other-language"),
        story.word("ledger"),
        story.word("device-list"),
        story.word("dead-letters"));
  }

  /** Such as {@code coap: malformed 2; http: unknown address 1}. */
  private static String shown(Sentences story, Map<String, Map<String, Long>> byDoor) {
    return byDoor.entrySet().stream()
        .map(
            door ->
                story.word(
                    "refusals.of",
                    HtmlUtils.htmlEscape(door.getKey()),
                    door.getValue().entrySet().stream()
                        .map(
                            kind ->
                                story.word(
                                    "refusals.count",
                                    story.word("reason." + kind.getKey()),
                                    kind.getValue()))
                        .collect(Collectors.joining(story.word("comma")))))
        .collect(Collectors.joining(story.word("refusals.next")));
  }

  private void whereItCanBeRead(Sentences story, Runnable telling) {
    try {
      telling.run();
    } catch (OutboxUnavailableException refused) {
      story.tell("disk.unread");
    }
  }

  private void tellOfTheRegistry(Sentences story) {
    registry
        .version()
        .ifPresentOrElse(
            version -> story.tell("registry", version.toString(), registry.size()),
            () -> story.tell("registry.none"));
    if (registry.problem().isPresent()) {
      story.tell("registry.problem");
    }
  }

  private void tellOfTheQueues(Sentences story, Ledger ledger) {
    if (ledger.queued() == 0) {
      story.tell("queued.none");
      return;
    }
    story.tell("queued", ledger.queued());
    Map<Lane, Instant> oldest = outbox.oldestWaiting();
    for (Lane lane : Lane.values()) {
      Ledger.LaneFigures figures = ledger.lanes().get(lane);
      Instant since = oldest.get(lane);
      if (figures != null && figures.queued() > 0 && since != null) {
        story.tell("queued." + lane.wireName(), figures.queued(), story.ago(since));
      }
    }
  }

  private static void tellOfRepeats(Sentences story, Repeats repeats) {
    Map<RepeatReason, Long> sums = repeats.byReason();
    if (!sums.isEmpty()) {
      story.tell(
          "repeated",
          sums.values().stream().mapToLong(Long::longValue).sum(),
          counts(story, sums),
          repeats.byDevice(REPEATERS_NAMED).stream()
              .map(
                  each ->
                      story.word(
                          "repeated.device",
                          HtmlUtils.htmlEscape(each.device().value()),
                          counts(story, each.counts())))
              .collect(Collectors.joining(story.word("semicolon"))));
    }
  }

  private static String counts(Sentences story, Map<RepeatReason, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> story.word("repeated." + each.getKey().wireName(), each.getValue()))
        .collect(Collectors.joining(story.word("comma")));
  }

  private void tellOfTheLosses(Sentences story, Ledger ledger) {
    story.tell("shed", ledger.shed());
    Ledger.LaneFigures urgent = ledger.lanes().get(Lane.URGENT);
    if (urgent != null && urgent.shed() > 0) {
      story.tell("shed.urgent", urgent.shed());
    }
    Losses losses = outbox.losses(LOSSES_NAMED + 1);
    if (losses.devices() > 0) {
      String named =
          losses.most().stream()
              .filter(loss -> !loss.device().equals(Losses.OTHERS))
              .limit(LOSSES_NAMED)
              .map(
                  loss ->
                      story.word(
                          "shed.device",
                          HtmlUtils.htmlEscape(loss.device().value()),
                          loss.events()))
              .collect(Collectors.joining(story.word("comma")));
      story.tell("shed.devices", losses.devices(), named);
    }
    if (losses.ofOthers() > 0) {
      story.tell("shed.others", losses.ofOthers());
    }
  }

  private void tellOfTheHub(Sentences story, UplinkState hub) {
    if (hub.refusal() == null) {
      tellOfTheLink(story, hub);
    }
    if (hub.lastReceiptAt() != null) {
      story.tell("receipt.last", story.ago(hub.lastReceiptAt()));
    }
  }

  private void tellOfTheLink(Sentences story, UplinkState hub) {
    switch (hub.link()) {
      case AWAY, ASKING -> story.tell("hub.away", story.ago(hub.since()));
      case CONNECTED -> {
        story.tell("hub.connected");
        for (Lane lane : Lane.values()) {
          UplinkState.LaneState state = hub.lanes().get(lane);
          if (state != null && state.halted() != null) {
            story.tell("hub.halted." + lane.wireName());
          }
        }
      }
    }
  }

  private void tellOfTheBroker(Sentences story, BrokerState attached) {
    String key =
        switch (attached.link()) {
          case ATTACHED -> "broker.attached";
          case AWAY -> "broker.away";
          case REFUSED -> "broker.refused";
        };
    story.tell(key, HtmlUtils.htmlEscape(attached.broker()));
    if (attached.sessionsLost() > 0) {
      story.tell("broker.forgot", attached.sessionsLost());
    }
  }
}
