package org.linli.sims.day;

import java.util.List;
import java.util.Locale;

/** A vehicle barrier that reads plates; it masks the middle of each plate that it sends. */
final class Barrier extends Equipment {

  private static final double VEHICLES_A_DAY = 420;
  private static final List<String> REGIONS = List.of("甘B", "甘B", "甘B", "甘A", "甘F", "陕A");

  private final Wandering temperature;
  private final Wandering voltage;

  Barrier(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    temperature = new Wandering(voice.chance(), 0.2);
    voltage = new Wandering(voice.chance(), 0.4);
  }

  @Override
  long reportEvery() {
    return 120_000;
  }

  @Override
  Readings measure(long at) {
    return new Readings()
        .real("temperature", temperature.around(8 + surroundings.temperature(at)), 1)
        .real("voltage", voltage.around(228), 1);
  }

  @Override
  void live(long at) {
    surroundings.agenda().add(at + waitForPeople(at, VEHICLES_A_DAY), this::vehicleComes);
  }

  private void vehicleComes(long at) {
    boolean outward = voice.happens(Rhythm.OUTWARD.at(surroundings.sinceMidnight(at)));
    voice.say(
        at,
        "plate.read",
        new Readings()
            .text(
                "plate",
                String.format(
                    Locale.ROOT, "%s***%02d", voice.oneOf(REGIONS), voice.chance().nextInt(100)))
            .real("confidence", Math.min(0.99, 0.9 + 0.05 * voice.chance().nextGaussian()), 2)
            .text("direction", outward ? "out" : "in"));
    live(at);
  }
}
