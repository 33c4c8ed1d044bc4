package org.linli.edge.profile;

import java.nio.charset.StandardCharsets;
import org.linli.event.DeviceId;

/**
 * Converts the native names of equipment to device ids. Different names stay different: {@code /}
 * becomes {@code :}, and every other character that a device id cannot have, and {@code :} and
 * {@code @} themselves, becomes {@code @} and two hexadecimal digits for each byte of its UTF-8.
 *
 * <pre>
 * building 3/meter room   ──▶ building@203:meter@20room
 * </pre>
 */
final class NativeNames {

  private static final String PLAIN = "-_";

  private NativeNames() {}

  /**
   * @throws IllegalArgumentException naming the rule, if the id would be empty or too long
   */
  static DeviceId toDeviceId(String name) {
    int plain = plainBeginning(name);
    if (plain == name.length()) {
      return new DeviceId(name);
    }
    StringBuilder id = new StringBuilder(name.length() + 8).append(name, 0, plain);
    for (int at = plain; at < name.length(); ) {
      int character = name.codePointAt(at);
      at += Character.charCount(character);
      if (character == '/') {
        id.append(':');
      } else if (stays(character, id.isEmpty() ? '.' : id.charAt(id.length() - 1))) {
        id.append((char) character);
      } else {
        escape(character, id);
      }
    }
    return new DeviceId(id.toString());
  }

  /** The length of the beginning that a device id can have: most names are one as they are. */
  private static int plainBeginning(String name) {
    char before = '.';
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      if (!stays(c, before)) {
        return at;
      }
      before = c;
    }
    return name.length();
  }

  /**
   * A device id may not begin with a dot nor have two of them in a row.
   *
   * @param before the sign before it; a dot at the beginning
   */
  private static boolean stays(int character, char before) {
    if (!Character.isBmpCodePoint(character)) {
      return false;
    }
    return character == '.'
        ? before != '.'
        : Character.isLetterOrDigit((char) character) || PLAIN.indexOf(character) >= 0;
  }

  private static void escape(int character, StringBuilder id) {
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      id.append('@')
          .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
          .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
    }
  }
}
