package org.linli.hub.alert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * What an alert keeps of the values of the event that opened it: what tells whoever goes there
 * where, how much and how long, and nothing that tells who. The event itself keeps everything.
 *
 * <ul>
 *   <li>Numbers and booleans are kept, but for those whose name tells of a person, and but for
 *       numbers of six digits and more, which may be a card, a telephone or a person's number.
 *   <li>A text is kept only where its name is one of a place, and it is short, letters and digits,
 *       as in floor "B1"; or where its name is one of a manner, and it is a code, as in object
 *       "ebike". Every other text may be a name, a plate or a description of somebody.
 * </ul>
 *
 * <p>At most the first {@value #MOST} that may be kept.
 */
final class CarriedValues {

  static final int MOST = 16;

  /** From here on a number may be a card, a telephone or a person's number. */
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
