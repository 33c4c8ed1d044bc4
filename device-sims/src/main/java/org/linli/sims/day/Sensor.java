package org.linli.sims.day;

import org.linli.event.Kind;

/**
 * The other, quiet equipment: it reports that it is well, and movement or parcels if there are any.
 */
final class Sensor extends Equipment {

  private static final double ACTIVITIES_A_DAY = 60;
  private static final double PARCELS_A_DAY = 90;

  private final Wandering battery;
  private final Wandering temperature;
  private int stored;

  Sensor(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    battery = new Wandering(voice.chance(), 0.003);
    temperature = new Wandering(voice.chance(), 0.1);
  }

  @Override
  long reportEvery() {
    return 600_000;
  }

  @Override
  Readings measure(long at) {
    return new Readings()
        .real("battery", battery.around(3.52), 2)
        .real("temperature", temperature.around(17), 1);
  }

  @Override
  void live(long at) {
    Agenda agenda = surroundings.agenda();
    if (voice.device().kind() == Kind.PARCEL) {
      agenda.add(at + waitForPeople(at, PARCELS_A_DAY), this::parcel);
    } else if (voice.device().id().value().contains("motion")) {
      agenda.add(at + waitForPeople(at, ACTIVITIES_A_DAY), this::activity);
    }
  }

  private void parcel(long at) {
    boolean collected = stored > 0 && voice.happens(0.5);
    stored += collected ? -1 : 1;
    voice.say(
        at,
        collected ? "parcel.collected" : "parcel.stored",
        new Readings().whole("cell", 1 + voice.chance().nextInt(48)));
    surroundings.agenda().add(at + waitForPeople(at, PARCELS_A_DAY), this::parcel);
  }

  private void activity(long at) {
    voice.say(at, "activity.seen", new Readings());
    surroundings.agenda().add(at + waitForPeople(at, ACTIVITIES_A_DAY), this::activity);
  }
}
