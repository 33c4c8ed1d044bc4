package org.linli.sims.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.sims.journal.Journal;
import org.linli.sims.link.Letter;

/**
 * Something that a load sends.
 *
 * @param connection by number; numbers past the last begin again at the first
 * @param entry takes it down
 * @param opens the device of which it opens an alert; null where it opens none
 */
record Offer(int connection, Letter letter, Entry entry, @Nullable DeviceId opens) {

  /** Takes an offer down in a journal. */
  @FunctionalInterface
  interface Entry {
    void write(Journal journal, long number, int connection) throws IOException;
  }
}
