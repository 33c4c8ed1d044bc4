package org.linli.event;

import java.util.Locale;

/**
 * One value of a sample, reduced to what everybody who looks after equipment may see.
 *
 * @param key the value's name; cut to {@value #MAX_KEY} characters
 * @param shown the value; empty when it stays at the gateway; cut to {@value #MAX_SHOWN} characters
 */
public record SampleValue(String key, Form form, String shown) {

  public static final int MAX_KEY = 64;
  public static final int MAX_SHOWN = 32;

  /** From here on, a number may be that of a card, a telephone or a person. */
  private static final long LONG_NUMBER = 100_000;

  public SampleValue {
    key = Cut.to(key, MAX_KEY);
    shown = Cut.to(shown, MAX_SHOWN);
  }

  /** The type of a value. */
  public enum Form {
    WHOLE,
    REAL,
    TRUTH,
    TEXT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name used in JSON: the constant's name in lower case. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * Hides what may be personal. A text is never shown: it may be a plate, a name or a card. For
   * equipment that watches people, no value is shown. For equipment that watches things, switches
   * and numbers are shown, except numbers of six or more digits, which may identify a person.
   *
   * @param kind of the equipment that gave it
   */
  public static SampleValue of(String key, Value value, Kind kind) {
    boolean aboutThings =
        switch (kind) {
          case ELEVATOR, ENVIRONMENT, POWER -> true;
          case ACCESS, CAMERA, PARKING, CARE, PARCEL -> false;
        };
    return switch (value) {
      case Value.Whole(long number) ->
          new SampleValue(
              key,
              Form.WHOLE,
              aboutThings && number > -LONG_NUMBER && number < LONG_NUMBER
                  ? Long.toString(number)
                  : "");
      case Value.Real(double number) ->
          new SampleValue(
              key,
              Form.REAL,
              aboutThings && Math.abs(number) < LONG_NUMBER ? Double.toString(number) : "");
      case Value.Truth(boolean truth) ->
          new SampleValue(key, Form.TRUTH, aboutThings ? Boolean.toString(truth) : "");
      case Value.Text _ -> new SampleValue(key, Form.TEXT, "");
    };
  }
}
