package org.linli.sims.day;

/**
 * An elevator: trips between the ground and the floors, more at rush hour, with vibration in mm/s
 * and the motor's temperature in °C.
 */
final class Elevator extends Equipment {

  private static final double TRIPS_A_DAY = 330;

  private final int floors;
  private final Wandering vibration;
  private final Wandering motor;
  private double warmth;
  private int floor = 1;
  private long busyUntil;
  private boolean stuck;

  Elevator(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    floors = voice.device().floors();
    vibration = new Wandering(voice.chance(), 0.025);
    motor = new Wandering(voice.chance(), 0.25);
  }

  @Override
  long reportEvery() {
    return 20_000;
  }

  @Override
  Readings measure(long at) {
    boolean moving = at < busyUntil && !stuck;
    warmth = warmth * 0.98 + (moving ? 0.6 : 0);
    return new Readings()
        .real("vibration", Math.max(0.02, vibration.around(moving ? 1.6 : 0.21)), 2)
        .real("motor", motor.around(31 + warmth), 1)
        .whole("floor", floor)
        .truth("moving", moving);
  }

  @Override
  void live(long at) {
    Agenda agenda = surroundings.agenda();
    agenda.add(at + waitForPeople(at, TRIPS_A_DAY), this::called);
    agenda.add(at + waitForFate(surroundings.day().drift), this::drifts);
  }

  /** Stops between two floors with people inside, who are freed at {@code until}. */
  void trap(long at, long until) {
    stuck = true;
    busyUntil = until;
    voice.say(
        at,
        "passenger.trapped",
        new Readings()
            .whole("floor", floor)
            .whole("load", 5 * voice.between(12, 50))
            .real("offset", voice.between(20, 160) / 100.0, 2));
    surroundings
        .agenda()
        .add(
            until,
            now -> {
              stuck = false;
              voice.say(
                  now,
                  "passenger.released",
                  new Readings().whole("floor", floor).real("seconds", (now - at) / 1000.0, 1));
            });
  }

  /** Runs faster than its governor allows. */
  void overspeed(long at) {
    voice.say(
        at,
        "overspeed",
        new Readings()
            .real("speed", 2.05 + 0.1 * voice.chance().nextDouble(), 2)
            .real("limit", 2.0, 2));
  }

  private void called(long at) {
    if (at > busyUntil) {
      boolean outward = voice.happens(Rhythm.OUTWARD.at(surroundings.sinceMidnight(at)));
      int upper = 2 + voice.chance().nextInt(floors - 1);
      travel(at, outward ? upper : 1, outward ? 1 : upper);
    }
    surroundings.agenda().add(at + waitForPeople(at, TRIPS_A_DAY), this::called);
  }

  private void travel(long at, int from, int to) {
    long ride = 7_000 + 1_700L * Math.abs(from - to) + voice.between(0, 4_000);
    busyUntil = at + ride;
    surroundings
        .agenda()
        .add(
            at + ride,
            now -> {
              if (!stuck) {
                floor = to;
                voice.say(
                    now,
                    "trip.completed",
                    new Readings()
                        .whole("from", from)
                        .whole("to", to)
                        .real("seconds", ride / 1000.0, 1)
                        .whole("load", 5 * voice.between(11, 80))
                        .real("vibration", Math.max(0.3, vibration.around(1.7)), 2));
              }
            });
  }

  private void drifts(long at) {
    voice.say(at, "levelling.drift", new Readings().whole("millimetres", voice.between(11, 24)));
    surroundings.agenda().add(at + waitForFate(surroundings.day().drift), this::drifts);
  }
}
