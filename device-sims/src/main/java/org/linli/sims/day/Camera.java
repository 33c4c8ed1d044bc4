package org.linli.sims.day;

import java.util.List;

/** A camera that reports what it recognises; the pictures stay in it. */
final class Camera extends Equipment {

  private static final double SIGHTINGS_A_DAY = 600;
  private static final List<String> SEEN_IN_CAR =
      List.of("person", "person", "person", "person", "person", "person", "person", "dog");
  private static final List<String> SEEN_OUTSIDE =
      List.of("person", "person", "person", "person", "vehicle", "vehicle", "bicycle", "dog");

  private final Wandering bitrate;
  private final Wandering temperature;
  private long darkUntil;

  Camera(Voice voice, Surroundings surroundings) {
    super(voice, surroundings);
    bitrate = new Wandering(voice.chance(), 60);
    temperature = new Wandering(voice.chance(), 0.3);
  }

  /** Whether it hangs in an elevator's car. */
  boolean inCar() {
    String id = voice.device().id().value();
    return id.contains("car") || id.contains("elevator") || id.contains("lift");
  }

  @Override
  long reportEvery() {
    return 60_000;
  }

  @Override
  Readings measure(long at) {
    return new Readings()
        .whole("bitrate", Math.round(bitrate.around(3_900)))
        .real("temperature", temperature.around(34 + surroundings.temperature(at) / 2), 1)
        .real("frames", 25 - Math.abs(voice.chance().nextGaussian()) * 0.1, 2);
  }

  @Override
  void live(long at) {
    Agenda agenda = surroundings.agenda();
    agenda.add(at + waitForPeople(at, SIGHTINGS_A_DAY), this::sees);
    agenda.add(at + waitForFate(surroundings.day().videoLosses), this::losesVideo);
    if (surroundings.day().crowds > 0 && !inCar()) {
      agenda.add(at + waitForPeople(at, surroundings.day().crowds), this::seesCrowd);
    }
  }

  /** Reports something that needs a person, with a camera's usual confidence. */
  void alarm(long at, String type, Readings readings) {
    voice.say(at, type, readings.real("confidence", confidence(0.93), 2));
  }

  private void sees(long at) {
    if (at > darkUntil) {
      String object = voice.oneOf(inCar() ? SEEN_IN_CAR : SEEN_OUTSIDE);
      voice.say(
          at,
          "object.detected",
          new Readings()
              .text("object", object)
              .real("confidence", confidence(surroundings.day().sight), 2)
              .whole("count", voice.happens(0.2) ? 2 : 1));
    }
    surroundings.agenda().add(at + waitForPeople(at, SIGHTINGS_A_DAY), this::sees);
  }

  private void losesVideo(long at) {
    long back = at + voice.between(20_000, 300_000);
    darkUntil = back;
    voice.say(at, "video.lost", new Readings());
    surroundings
        .agenda()
        .add(
            back,
            now -> {
              voice.say(now, "video.restored", new Readings().whole("seconds", (back - at) / 1000));
              surroundings
                  .agenda()
                  .add(now + waitForFate(surroundings.day().videoLosses), this::losesVideo);
            });
  }

  private void seesCrowd(long at) {
    voice.say(at, "crowd.gathered", new Readings().whole("people", voice.between(15, 60)));
    surroundings.agenda().add(at + waitForPeople(at, surroundings.day().crowds), this::seesCrowd);
  }

  private double confidence(double usual) {
    return Math.clamp(usual + 0.06 * voice.chance().nextGaussian(), 0.5, 0.99);
  }
}
