package org.linli.edge.profile;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.program.Shown;

/** Checks the kind and device in an address. */
public final class Addressed {

  private static final String KINDS =
      Arrays.stream(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "));

  private Addressed() {}

  /**
   * @throws Unreadable naming the existing kinds
   */
  public static Kind kind(String written) throws Unreadable {
    return Kind.ofWireName(written)
        .orElseThrow(
            () ->
                new Unreadable(
                    RefusalReason.UNKNOWN_KIND,
                    "kind " + Shown.text(written) + " is none of " + KINDS));
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
}
