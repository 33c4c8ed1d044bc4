package org.linli.event;

/**
 * Event that the gateway creates for a dead letter that may report an emergency. Its device is the
 * registered device that sent the message, otherwise one with the gateway's own name. It contains
 * nothing of the message except one word of a fixed list.
 */
public final class UnreadableAlarm {

  public static final EventType TYPE = new EventType("unreadable-alarm");

  /** How the newest of them came: {@code mqtt}, {@code coap}, {@code http}. */
  public static final String DOOR = "door";

  /** The topic or path that the newest was sent to. */
  public static final String SOURCE = "source";

  /**
   * All the topics and paths that they were sent to since the event before, as far as there is
   * room, with {@link #BETWEEN_PLACES} between them; missing if there is one only.
   */
  public static final String FROM = "from";

  /** How many of them were sent to places for which {@link #FROM} has no room; missing for none. */
  public static final String ELSEWHERE = "elsewhere";

  public static final String BETWEEN_PLACES = ", ";

  /** Why the newest is a dead letter, in a word of docs/dead-letters.md. */
  public static final String REASON = "reason";

  /** The word of life safety in the newest; missing if only the device's kind speaks for it. */
  public static final String WORD = "word";

  /** How many there were since the event before; 1 or more. */
  public static final String LETTERS = "letters";

  private UnreadableAlarm() {}

  /** Whether a gateway said this, and not a device that uses the type. */
  public static boolean is(DeviceEvent event) {
    EventId id = event.id();
    return event.type().equals(TYPE)
        && id != null
        && id.value().startsWith(EventId.MADE_BY_GATEWAY);
  }
}
