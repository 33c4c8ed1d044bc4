package org.linli.hub.alert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.linli.event.DeviceEvent;
import org.linli.event.Marks;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * Selects the values that an alert keeps of the event that opened it: those that say where, how
 * much and how long, for the person who goes there, and none that identify a person. The event
 * itself keeps everything.
 *
 * <ul>
 *   <li>Numbers and booleans are kept, except those whose name refers to a person, and except
 *       numbers of six digits and more, which may be the number of a card, a telephone or a person.
 *   <li>A text is kept if its name denotes a place and it is short, letters and digits, as in floor
 *       "B1"; or if its name denotes a manner and it is a code, as in object "ebike". Any other
 *       text may be a name, a plate or a description of a person.
 * </ul>
 *
 * <p>At most the first {@value #MOST} that may be kept, and the {@link Marks} of a message that
 * could not be read in full. They speak of its form, and quote a word of it at most; long numbers
 * are left out of them too.
 */
final class CarriedValues {

  static final int MOST = 16;

  /** From here on a number may be the number of a card, a telephone or a person. */
  private static final long LONG_NUMBER = 100_000;

  private static final Set<String> PLACES =
      Set.of("floor", "zone", "area", "region", "cell", "bay", "box", "channel", "door", "slot");

  private static final Set<String> MANNERS =
      Set.of("object", "direction", "reason", "by", "cause", "state", "level", "unit");

  private static final Set<String> OF_PERSONS =
      Set.of(
          "account",
          "card",
          "credential",
          "employee",
          "face",
          "holder",
          "id",
          "name",
          "person",
          "phone",
          "pin",
          "plate",
          "resident",
          "uid",
          "user",
          "who");

  private static final Pattern PLACE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,11}");
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final Pattern LONG_DIGITS = Pattern.compile("\\d{6,}");
  private static final Pattern WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])|[^A-Za-z]+");

  private CarriedValues() {}

  static Values of(DeviceEvent event) {
    Map<String, Value> kept = new LinkedHashMap<>();
    event
        .values()
        .byName()
        .forEach(
            (name, value) -> {
              if (kept.size() < MOST && isKept(name, value)) {
                kept.put(name, value);
              }
            });
    event
        .values()
        .byName()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Text(String text) && Marks.isOne(name, value)) {
                kept.put(name, new Value.Text(LONG_DIGITS.matcher(text).replaceAll("…")));
              }
            });
    return new Values(kept);
  }

  private static boolean isKept(String name, Value value) {
    return switch (value) {
      case Value.Whole(long number) ->
          number > -LONG_NUMBER && number < LONG_NUMBER && !isOfPerson(name);
      case Value.Real(double number) -> Math.abs(number) < LONG_NUMBER && !isOfPerson(name);
      case Value.Truth _ -> !isOfPerson(name);
      case Value.Text(String text) ->
          PLACES.contains(name) && PLACE.matcher(text).matches()
              || MANNERS.contains(name) && CODE.matcher(text).matches();
    };
  }

  private static boolean isOfPerson(String name) {
    return WORD.splitAsStream(name)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .anyMatch(OF_PERSONS::contains);
  }
}
