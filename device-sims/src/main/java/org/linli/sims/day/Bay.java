package org.linli.sims.day;

/** A parking bay with a magnetic sensor in the ground. */
final class Bay extends Equipment {

  private static final double TURNS_A_DAY = 9;
  private static final double FIELD_OF_EARTH = 48;
  private static final double FIELD_OF_CAR = 61;

  private final Wandering field;
  private final Wandering battery;
  private boolean occupied;
  private long since;

  Bay(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    field = new Wandering(voice.chance(), 0.12);
    battery = new Wandering(voice.chance(), 0.003);
  }

  @Override
  long reportEvery() {
    return 300_000;
  }

  @Override
  Readings measure(long at) {
    return new Readings()
        .truth("occupied", occupied)
        .real("field", field.around(occupied ? FIELD_OF_CAR : FIELD_OF_EARTH), 1)
        .real("battery", battery.around(3.55), 2)
        .real("temperature", surroundings.temperature(at) + voice.chance().nextGaussian() / 4, 1);
  }

  @Override
  void live(long at) {
    occupied = voice.happens(Rhythm.PARKED.at(surroundings.sinceMidnight(at)));
    since = at - voice.between(60_000, Rhythm.DAY / 2);
    surroundings.agenda().add(at + waitForFate(TURNS_A_DAY * 4), this::looks);
  }

  /** Now and then the bay moves towards the occupancy of the hour. */
  private void looks(long at) {
    boolean wanted = voice.happens(Rhythm.PARKED.at(surroundings.sinceMidnight(at)));
    if (wanted != occupied) {
      occupied = wanted;
      if (occupied) {
        voice.say(at, "bay.occupied", new Readings().real("field", field.around(FIELD_OF_CAR), 1));
      } else {
        voice.say(
            at,
            "bay.freed",
            new Readings()
                .real("field", field.around(FIELD_OF_EARTH), 1)
                .whole("minutes", (at - since) / 60_000));
      }
      since = at;
    }
    surroundings.agenda().add(at + waitForFate(TURNS_A_DAY * 4), this::looks);
  }
}
