package org.linli.edge.local;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.Crowding;
import org.linli.edge.outbox.Forgotten;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.RefusedNewDevices;
import org.linli.edge.uplink.UplinkState;
import org.linli.event.GatewayTrouble;
import org.linli.program.thread.Failure;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Trouble;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** The sentences of the page about what is wrong and needs a person. */
@Component
final class PageTroubles {

  private final AgentSettings gateway;
  private final OutboxReport outbox;
  private final Optional<AttachedBroker> broker;
  private final LivingThreads threads;
  private final Crowding crowding;
  private final ApplicationAvailability availability;

  PageTroubles(
      AgentSettings gateway,
      OutboxReport outbox,
      Optional<AttachedBroker> broker,
      LivingThreads threads,
      Crowding crowding,
      ApplicationAvailability availability) {
    this.gateway = gateway;
    this.outbox = outbox;
    this.broker = broker;
    this.threads = threads;
    this.crowding = crowding;
    this.availability = availability;
  }

  /**
   * Tells of everything that is wrong now, first of all that it takes nothing yet; of nothing if
   * all is well.
   */
  void tell(Sentences story, UplinkState hub) {
    if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
      // This page answers before the doors for devices are open, and after they are closed.
      story.tell("not-ready");
    }
    tellOfTheDisk(story);
    tellOfFailingParts(story);
    tellOfTheAbsence(story);
    tellOfTheGivenUp(story);
    tellOfTheRefusal(story, hub);
    tellOfTheCrowd(story);
    tellOfTheForgotten(story, outbox.forgotten());
    tellOfRefusedNewDevices(story, outbox.refusedNewDevices());
  }

  private void tellOfTheDisk(Sentences story) {
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
      story.tell(key, story.time(since), HtmlUtils.htmlEscape(folder()), HtmlUtils.htmlEscape(why));
    }
    Instant diskFull = outbox.troubles().get(GatewayTrouble.DISK_FULL);
    if (diskFull != null && outbox.state() instanceof OutboxState.Working) {
      story.tell("disk.reserve", story.time(diskFull), HtmlUtils.htmlEscape(folder()));
    }
    if (!outbox.knowsFreeSpace()) {
      story.tell("disk.unknown", HtmlUtils.htmlEscape(folder()));
    }
  }

  private void tellOfFailingParts(Sentences story) {
    List<Trouble> failing = threads.troubles();
    if (!failing.isEmpty()) {
      story.tell(
          "parts.fail",
          failing.stream()
              .map(trouble -> of(story, trouble))
              .collect(Collectors.joining(story.word("semicolon"))));
    }
  }

  private static String of(Sentences story, Trouble trouble) {
    String part = HtmlUtils.htmlEscape(trouble.thread());
    return switch (trouble) {
      case Trouble.Fails(Failure newest) ->
          story.word(
              "part.fails", part, story.time(newest.at()), HtmlUtils.htmlEscape(newest.cause()));
      case Trouble.IsSilent(_, long seconds) -> story.word("part.silent", part, seconds);
    };
  }

  private void tellOfTheAbsence(Sentences story) {
    broker.ifPresent(
        attached ->
            attached
                .unheardSince()
                .ifPresent(
                    since ->
                        story.tell(
                            "broker.unheard",
                            story.time(since),
                            HtmlUtils.htmlEscape(attached.state().broker()))));
  }

  private void tellOfTheGivenUp(Sentences story) {
    outbox
        .givenUpLately()
        .ifPresent(
            lost ->
                story.tell(
                    "given-up",
                    lost.events(),
                    story.time(lost.since()),
                    story.time(lost.lastAt())));
  }

  private void tellOfTheCrowd(Sentences story) {
    crowding
        .lately()
        .ifPresent(
            crowd -> story.tell("crowd", crowd.places(), crowd.putOut(), Crowding.LATELY_MINUTES));
  }

  private String folder() {
    return gateway.data().toAbsolutePath().normalize().toString();
  }

  private void tellOfTheForgotten(Sentences story, Forgotten forgotten) {
    Instant since = forgotten.since();
    if (since != null) {
      String newcomer = forgotten.newcomer();
      story.tell(
          newcomer == null ? "forgotten" : "forgotten.newcomer",
          forgotten.sinceThen(),
          story.time(since),
          newcomer == null ? "" : HtmlUtils.htmlEscape(newcomer));
    }
  }

  private void tellOfRefusedNewDevices(Sentences story, RefusedNewDevices refused) {
    Instant since = refused.since();
    if (since != null) {
      story.tell(
          "new-devices.refused",
          refused.sinceThen(),
          story.time(since),
          HtmlUtils.htmlEscape(String.valueOf(refused.newest())));
    }
  }

  private void tellOfTheRefusal(Sentences story, UplinkState hub) {
    String name = HtmlUtils.htmlEscape(gateway.gatewayId().value());
    switch (hub.refusal()) {
      case TAKEN_OVER -> story.tell("hub.taken-over", name);
      case UNKNOWN_GATEWAY -> story.tell("hub.unknown-gateway", name);
      case null -> {}
    }
  }
}
