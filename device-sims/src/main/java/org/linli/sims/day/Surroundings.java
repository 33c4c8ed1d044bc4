package org.linli.sims.day;

/**
 * What all devices of a day share.
 *
 * @param midnight the start of the day, in milliseconds since 1970
 */
record Surroundings(Agenda agenda, NamedDay day, long midnight) {

  long sinceMidnight(long at) {
    return at - midnight;
  }

  /** Outdoor temperature in °C: coldest before sunrise, warmest after noon. */
  double temperature(long at) {
    double mean =
        switch (day) {
          case ORDINARY -> 4;
          case RAIN -> 24;
          case FESTIVAL -> -2;
        };
    double hour = sinceMidnight(at) / (double) Rhythm.HOUR;
    return mean + 5 * Math.cos((hour - 15) / 24 * 2 * Math.PI);
  }
}
