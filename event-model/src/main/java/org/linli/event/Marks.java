package org.linli.event;

/**
 * Values that the gateway adds to an event of a message that it could not read in full (decision
 * 0055).
 */
public final class Marks {

  /** Says who gave the time: {@link #GATEWAY}, because the device gave none that can be read. */
  public static final String CLOCK = "clock";

  public static final String GATEWAY = "gateway";

  /** Says what could not be read, and why. */
  public static final String DEFECT = "defect";

  private Marks() {}

  /** Whether a value of this name may be one of them. */
  public static boolean isName(String name) {
    return name.equals(CLOCK) || name.equals(DEFECT);
  }

  /** Whether this is one of them, and not what a device calls by such a name. */
  public static boolean isOne(String name, Value value) {
    return value instanceof Value.Text(String text)
        && (name.equals(DEFECT) || name.equals(CLOCK) && text.equals(GATEWAY));
  }
}
