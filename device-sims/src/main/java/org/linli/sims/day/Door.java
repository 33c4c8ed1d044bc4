package org.linli.sims.day;

import java.util.List;

/** A door with a reader: people come and go, and now and then someone props it open. */
final class Door extends Equipment {

  private static final double PASSAGES_A_DAY = 260;
  private static final double REFUSED = 0.02;
  private static final double HELD_OPEN = 0.004;
  private static final long HELD_OPEN_AFTER = 60_000;

  private final Wandering battery;
  private final Wandering temperature;
  private long openUntil;

  Door(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    battery = new Wandering(voice.chance(), 0.004);
    temperature = new Wandering(voice.chance(), 0.15);
  }

  @Override
  long reportEvery() {
    return 300_000;
  }

  @Override
  Readings measure(long at) {
    return new Readings()
        .real("battery", battery.around(3.58), 2)
        .real("temperature", temperature.around(12 + surroundings.temperature(at) / 3), 1)
        .whole("signal", voice.between(-74, -58));
  }

  @Override
  void live(long at) {
    surroundings.agenda().add(at + waitForPeople(at, PASSAGES_A_DAY), this::someoneComes);
  }

  private void someoneComes(long at) {
    boolean outward = voice.happens(Rhythm.OUTWARD.at(surroundings.sinceMidnight(at)));
    Readings readings =
        new Readings()
            .text("by", outward ? "button" : voice.oneOf(List.of("card", "card", "phone", "code")))
            .text("direction", outward ? "out" : "in");
    if (!outward && voice.happens(REFUSED)) {
      voice.say(
          at,
          "access.denied",
          readings.text("reason", voice.oneOf(List.of("expired", "unknown", "wrong-code"))));
    } else {
      voice.say(at, "access.granted", readings);
      if (at > openUntil) {
        swing(at);
      } else if (voice.happens(surroundings.day().tailgating * 20)) {
        voice.say(at, "access.tailgating", new Readings().whole("people", 2));
      }
    }
    live(at);
  }

  private void swing(long at) {
    long opened = at + voice.between(300, 900);
    boolean held = voice.happens(HELD_OPEN);
    long closed =
        opened
            + (held
                ? voice.between(HELD_OPEN_AFTER + 5_000, 240_000)
                : voice.between(2_500, 9_000));
    openUntil = closed;
    Agenda agenda = surroundings.agenda();
    agenda.add(opened, now -> voice.say(now, "door.opened", new Readings()));
    if (held) {
      agenda.add(
          opened + HELD_OPEN_AFTER,
          now ->
              voice.say(
                  now,
                  "door.held-open",
                  new Readings().whole("seconds", HELD_OPEN_AFTER / 1000).truth("open", true)));
    }
    agenda.add(
        closed,
        now ->
            voice.say(
                now, "door.closed", new Readings().real("seconds", (closed - opened) / 1000.0, 2)));
  }
}
