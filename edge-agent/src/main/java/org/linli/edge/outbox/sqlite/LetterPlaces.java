package org.linli.edge.outbox.sqlite;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.linli.event.UnreadableAlarm;

/**
 * The different topics and paths that the dead letters of one event were sent to, so that somebody
 * can go and look at each.
 *
 * @param named in the order in which they came
 * @param elsewhere how many more dead letters were sent to places for which there is no room here
 */
record LetterPlaces(List<String> named, long elsewhere) {

  static final LetterPlaces NONE = new LetterPlaces(List.of(), 0);

  /** A value of an event has 1,024 characters at most. */
  static final int LONGEST = 1_000;

  private static final String BETWEEN = UnreadableAlarm.BETWEEN_PLACES;

  LetterPlaces {
    named = List.copyOf(named);
  }

  /**
   * As {@link #text} wrote it.
   *
   * @throws IllegalArgumentException if it is longer than that writes
   */
  static LetterPlaces of(String text, long elsewhere) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("places of " + text.length() + " characters");
    }
    return new LetterPlaces(
        text.isEmpty() ? List.of() : Arrays.asList(text.split(BETWEEN, -1)), elsewhere);
  }

  LetterPlaces plus(String place) {
    if (named.contains(place)) {
      return this;
    }
    LetterPlaces more =
        new LetterPlaces(Stream.concat(named.stream(), Stream.of(place)).toList(), elsewhere);
    return more.text().length() > LONGEST ? new LetterPlaces(named, elsewhere + 1) : more;
  }

  boolean areSeveral() {
    return named.size() > 1 || elsewhere > 0;
  }

  String text() {
    return String.join(BETWEEN, named);
  }
}
