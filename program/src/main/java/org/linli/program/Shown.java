package org.linli.program;

/** Prepares text that somebody else wrote for a message to people. */
public final class Shown {

  private static final int LONGEST = 40;

  private Shown() {}

  /** At most {@value #LONGEST} characters of it, safe for a log line. */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST + 1));
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > LONGEST ? shown.append('…').toString() : shown.toString();
  }
}
