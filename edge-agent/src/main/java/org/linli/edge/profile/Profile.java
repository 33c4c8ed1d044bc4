package org.linli.edge.profile;

import java.util.List;
import org.linli.edge.intake.Message;

/**
 * An equipment format: it converts bytes to events, or refuses them with a reason.
 *
 * <p>Thread-safe: many threads call it at once. Data that a profile does not know becomes a
 * measurement or a refusal; it is never dropped silently.
 */
public interface Profile {

  /** The name in {@code /intake/{profile}/…}, in settings and in the registry. */
  String name();

  /**
   * The MQTT topic filters (MQTT 5 section 4.7) that it reads; none may overlap another profile's.
   */
  default List<String> topics() {
    return List.of();
  }

  /**
   * Reads one message, and adds the result to {@code reading}.
   *
   * @throws Unreadable at the first error; nothing of the message is taken then
   */
  void read(Delivered message, MessageReading reading) throws Unreadable;

  /** The message as it may be kept, without what nobody may know, such as a code. */
  default Message kept(Message message) {
    return message;
  }
}
