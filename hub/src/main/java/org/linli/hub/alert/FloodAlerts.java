package org.linli.hub.alert;

import java.util.List;
import java.util.Set;
import org.linli.event.EventType;
import org.linli.hub.alert.AlertFlood.Wave;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.BilingualName;
import org.springframework.stereotype.Component;

/**
 * Sums up the alerts of unregistered devices for which there is no more room: one alert per gateway
 * and severity, as severe as those it stands for. It counts the events and names the first devices.
 * Only a person resolves it.
 */
@Component
class FloodAlerts {

  private static final EventType FLOOD = new EventType("gateway.alert-flood");

  /** How often its timeline names further devices. */
  static final int MOST_NOTES = 20;

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final AlertWriter writer;
  private final UnregisteredKeys unregistered;

  FloodAlerts(
      AlertBoard board,
      AlertIds ids,
      AlertTitles titles,
      AlertWriter writer,
      UnregisteredKeys unregistered) {
    this.board = board;
    this.ids = ids;
    this.titles = titles;
    this.writer = writer;
    this.unregistered = unregistered;
  }

  /**
   * Raises or updates the alert. To be called within the caller's transaction, after {@link
   * AlertBoard#begin}.
   */
  void raise(Wave wave) {
    AlertKey alertKey =
        titles.source(wave.gateway()).alertKey(FLOOD.value() + "/" + wave.severity().wireName());
    Alert there = board.unresolved(alertKey);
    if (there == null) {
      board.add(open(wave, alertKey).seenAgain(wave.at(), wave.events() - 1));
      writer.write(Set.of(alertKey));
    } else {
      board.change(there, named(there.seenAgain(wave.at(), wave.events()), wave));
      writer.write(Set.of());
    }
  }

  private Alert open(Wave wave, AlertKey alertKey) {
    AlertSource source = titles.source(wave.gateway());
    String devices = String.join(", ", wave.named());
    return Alert.open(
        ids.next(),
        new AlertCause(
            alertKey.key(),
            source,
            FLOOD,
            wave.gateway(),
            null,
            wave.severity(),
            titles.title(
                FLOOD,
                source,
                new BilingualName(
                    "同类告警超过 %d 条".formatted(unregistered.most()),
                    "more than %d of one sort".formatted(unregistered.most()))),
            wave.first(),
            wave.at(),
            new Particulars().with("devices", devices).values()),
        wave.at(),
        Actor.HUB,
        "Unregistered devices of this gateway have %d alerts of one sort that are open or may become due. Further devices open none of their own and are counted here: %s. Each event is stored. Registered devices are not concerned. Close what is done, register your devices, and see who may send to the gateway."
            .formatted(unregistered.most(), devices));
  }

  private static Alert named(Alert alert, Wave wave) {
    List<String> told =
        alert.timeline().stream()
            .filter(entry -> entry.by().actor() instanceof Actor.Hub && entry.text() != null)
            .map(entry -> " " + entry.text())
            .toList();
    List<String> more =
        wave.named().stream()
            .filter(name -> told.stream().noneMatch(text -> text.contains(" " + name)))
            .toList();
    long notes =
        alert.timeline().stream()
            .filter(entry -> entry.what() == What.COMMENTED)
            .filter(entry -> entry.by().actor() instanceof Actor.Hub)
            .count();
    return more.isEmpty() || notes >= MOST_NOTES
        ? alert
        : alert.noted(
            new TimelineEntry(
                wave.at(),
                Author.of(Actor.HUB),
                What.COMMENTED,
                Channel.HUB,
                String.join(", ", more),
                wave.first(),
                null));
  }
}
