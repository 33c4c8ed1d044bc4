package org.linli.edge.profile;

import java.util.List;

/**
 * One equipment format: bytes to events, or a refusal with its reason.
 *
 * <p>Called by many threads at once. What a profile does not know becomes a measurement or a
 * refusal, never silence.
 */
public interface Profile {

  /** As it stands in {@code /intake/{profile}/…}, in settings and in the registry. */
  String name();

  /** The MQTT topic filters (MQTT 5 section 4.7) that it reads; none may overlap another's. */
  default List<String> topics() {
    return List.of();
  }

  /**
   * Reads one message, and says in {@code reading} what came out.
   *
   * @throws Unreadable at the first fault; nothing of the message is taken then
   */
  void read(Delivered message, Reading reading) throws Unreadable;
}
