package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A number plate in a camera's form: plain text, or base64 in newer firmware of some. */
public final class Plate {

  private static final String UNREAD = "_无_";
  private static final int SHOWN_FIRST = 2;
  private static final int SHOWN_LAST = 1;
  private static final int SHORTEST_MASKED = 5;

  private Plate() {}

  /** Plain text; empty if the camera saw a vehicle and read no plate. */
  public static String inClear(String license) {
    String clear = decoded(license.strip());
    return clear.equals(UNREAD) ? "" : clear;
  }

  /** The first two characters and the last, such as 甘B****5. */
  public static String masked(String plate) {
    int length = plate.codePointCount(0, plate.length());
    if (length < SHORTEST_MASKED) {
      return "****";
    }
    return plate.substring(0, plate.offsetByCodePoints(0, SHOWN_FIRST))
        + "****"
        + plate.substring(plate.offsetByCodePoints(plate.length(), -SHOWN_LAST));
  }

  private static String decoded(String license) {
    if (license.length() < 8 || license.length() % 4 != 0) {
      return license;
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(license);
    } catch (IllegalArgumentException inClear) {
      return license;
    }
    if (Utf8.firstMalformed(bytes, 0, bytes.length) >= 0) {
      return license;
    }
    String decoded = new String(bytes, StandardCharsets.UTF_8).strip();
    boolean isPlate =
        decoded.equals(UNREAD)
            || !decoded.isEmpty() && decoded.codePoints().allMatch(Character::isLetterOrDigit);
    return isPlate ? decoded : license;
  }
}
