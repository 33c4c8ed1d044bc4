package org.linli.sims.day;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A day with a character of its own.
 *
 * <p>{@code busy} is how much people move about, compared with an ordinary day; {@code tailgating}
 * the probability that a second person slips through a door; {@code sight} the confidence of
 * cameras; {@code videoLosses} and {@code crowds} the number of such reports of one camera in a
 * day; {@code drift} how often in a day a car stops slightly off its level.
 */
public enum NamedDay {
  /** A Monday in November. */
  ORDINARY(LocalDate.of(2026, 11, 23), 1.0, 0.004, 0.88, 0.02, 0.05, 0.3),
  /** A wet day in July: fewer trips, umbrellas in the doors, poor sight, damp machine rooms. */
  RAIN(LocalDate.of(2026, 7, 8), 0.75, 0.015, 0.71, 0.6, 0.0, 1.5),
  /** The eve of the Lunar New Year: everybody home, visitors, fireworks. */
  FESTIVAL(LocalDate.of(2026, 2, 16), 1.5, 0.012, 0.84, 0.02, 3.0, 0.6);

  final LocalDate date;
  final double busy;
  final double tailgating;
  final double sight;
  final double videoLosses;
  final double crowds;
  final double drift;

  NamedDay(
      LocalDate date,
      double busy,
      double tailgating,
      double sight,
      double videoLosses,
      double crowds,
      double drift) {
    this.date = date;
    this.busy = busy;
    this.tailgating = tailgating;
    this.sight = sight;
    this.videoLosses = videoLosses;
    this.crowds = crowds;
    this.drift = drift;
  }

  public static Optional<NamedDay> named(String name) {
    return Arrays.stream(values()).filter(day -> day.toString().equals(name)).findFirst();
  }

  /** The name used on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
