package org.linli.edge.profile;

/** Numbers by which equipment calls its channels, doors and inputs. */
public final class Numbers {

  private Numbers() {}

  /** The number without zeros before it: {@code 01} is the channel 1. Other names as they are. */
  public static String plain(String name) {
    if (name.length() < 2 || name.charAt(0) != '0' || !name.chars().allMatch(Numbers::isDigit)) {
      return name;
    }
    String plain = name.replaceFirst("^0+", "");
    return plain.isEmpty() ? "0" : plain;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
