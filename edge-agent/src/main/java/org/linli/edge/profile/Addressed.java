package org.linli.edge.profile;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** Checks the kind and device in an address, and prepares text of a sender for people. */
public final class Addressed {

  private static final String KINDS =
      Arrays.stream(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "));
  private static final int SHOWN = 40;

  private Addressed() {}

  /**
   * @throws Unreadable naming the existing kinds
   */
  public static Kind kind(String written) throws Unreadable {
    return Kind.ofWireName(written)
        .orElseThrow(
            () ->
                new Unreadable(
                    RefusalReason.UNKNOWN_KIND, "kind " + shown(written) + " is none of " + KINDS));
  }

  /**
   * @throws Unreadable naming the rule that it breaks
   */
  public static DeviceId device(String written) throws Unreadable {
    try {
      return new DeviceId(written);
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_DEVICE_ID, String.valueOf(broken.getMessage()));
    }
  }

  /** A few characters of a device's text, safe for a log line. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), SHOWN + 1));
    for (int i = 0; i < text.length() && i < SHOWN; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > SHOWN ? shown.append('…').toString() : shown.toString();
  }
}
