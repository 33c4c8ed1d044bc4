package org.linli.sims.day;

/** The lane that the fire brigade needs; most vehicles leave it within three minutes. */
final class FireLane extends Equipment {

  private static final double STOPS_A_DAY = 14;

  private final Wandering distance;
  private final Wandering battery;
  private long occupiedUntil;

  FireLane(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    distance = new Wandering(voice.chance(), 0.02);
    battery = new Wandering(voice.chance(), 0.003);
  }

  @Override
  long reportEvery() {
    return 300_000;
  }

  @Override
  Readings measure(long at) {
    boolean occupied = at < occupiedUntil;
    return new Readings()
        .truth("occupied", occupied)
        .real("distance", distance.around(occupied ? 1.35 : 3.2), 2)
        .real("battery", battery.around(3.57), 2);
  }

  @Override
  void live(long at) {
    surroundings.agenda().add(at + waitForPeople(at, STOPS_A_DAY), this::someoneStops);
  }

  private void someoneStops(long at) {
    if (at > occupiedUntil) {
      block(
          at,
          at
              + (voice.happens(0.05)
                  ? voice.between(200_000, 900_000)
                  : voice.between(20_000, 150_000)));
    }
    live(at);
  }

  /** A vehicle stands here until {@code until}. */
  void block(long at, long until) {
    occupiedUntil = until;
    voice.say(at, "fire-lane.occupied", new Readings().real("distance", distance.around(1.35), 2));
    surroundings
        .agenda()
        .add(
            until,
            now ->
                voice.say(
                    now,
                    "fire-lane.freed",
                    new Readings().real("seconds", (now - at) / 1000.0, 1)));
  }
}
