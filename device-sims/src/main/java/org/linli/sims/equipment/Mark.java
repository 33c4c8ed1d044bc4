package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * By what a message is found again at the hub.
 *
 * @param run what the run is called
 * @param number of the message in the run, from 0
 */
public record Mark(String run, long number) {

  /** As it stands in a message: {@code mwtayfsz-17}. */
  public String text() {
    return run + "-" + number;
  }

  /** The same for formats whose ids are UUIDs. */
  String uuid() {
    return UUID.nameUUIDFromBytes(text().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
