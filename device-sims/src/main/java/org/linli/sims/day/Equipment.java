package org.linli.sims.day;

import java.util.List;

/** A device that acts by itself: it puts its next steps on the agenda. */
abstract sealed class Equipment permits Door, Camera, Elevator, Bay, FireLane, Barrier, Sensor {

  private static final List<String> FIRMWARES = List.of("2.4.1", "2.4.3", "2.5.0");

  final Voice voice;
  final Surroundings surroundings;

  Equipment(Voice voice, Surroundings surroundings) {
    this.voice = voice;
    this.surroundings = surroundings;
  }

  /** Plans this device's first steps. */
  final void begin(long at) {
    surroundings.agenda().add(at + voice.between(100, 2_500), this::start);
  }

  private void start(long at) {
    voice.say(at, "device.online", new Readings().text("firmware", voice.oneOf(FIRMWARES)));
    surroundings.agenda().add(at + voice.between(0, reportEvery()), this::report);
    live(at);
  }

  private void report(long at) {
    voice.say(at, "measurement", measure(at));
    // A device's own timer is a few milliseconds off each time.
    surroundings.agenda().add(at + reportEvery() + voice.between(-20, 60), this::report);
  }

  /** How often it reports its readings, in milliseconds. */
  abstract long reportEvery();

  abstract Readings measure(long at);

  /** Plans the device's events other than readings. */
  abstract void live(long at);

  /**
   * The time until the next of {@code perDay} events a day, which are more frequent when people are
   * about.
   */
  final long waitForPeople(long at, double perDay) {
    return Rhythm.PEOPLE.wait(
        voice.chance(), surroundings.sinceMidnight(at), perDay * surroundings.day().busy);
  }

  /** The time until the next of {@code perDay} events a day, at any hour. */
  final long waitForFate(double perDay) {
    return 1 + (long) (-Rhythm.DAY / perDay * Math.log(1 - voice.chance().nextDouble()));
  }
}
