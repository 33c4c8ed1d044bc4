package org.linli.edge.profile.life;

/** Latin letters among bytes. */
final class Letters {

  private Letters() {}

  static boolean isLetter(byte b) {
    byte small = small(b);
    return small >= 'a' && small <= 'z';
  }

  static boolean isCapital(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  static byte small(byte b) {
    return isCapital(b) ? (byte) (b + ('a' - 'A')) : b;
  }

  /** A change of case parts words as well: {@code gasLeak}, {@code SOSPressed}. */
  static boolean isBoundary(byte[] bytes, int at) {
    return !isLetter(bytes[at - 1])
        || !isLetter(bytes[at])
        || isCapital(bytes[at])
            && (!isCapital(bytes[at - 1])
                || at + 1 < bytes.length && isLetter(bytes[at + 1]) && !isCapital(bytes[at + 1]));
  }
}
