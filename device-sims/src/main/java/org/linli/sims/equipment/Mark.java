package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The mark that identifies a message at the hub.
 *
 * @param run the name of the run
 * @param number of the message in the run, from 0
 */
public record Mark(String run, long number) {

  /** The mark as written in a message: {@code mwtayfsz-17}. */
  public String text() {
    return run + "-" + number;
  }

  /** The mark for formats whose ids are UUIDs. */
  String uuid() {
    return UUID.nameUUIDFromBytes(text().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
