package org.linli.sims.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.sims.journal.Journal;
import org.linli.sims.link.Letter;

/**
 * An item that a load sends.
 *
 * @param connection by number; numbers past the last begin again at the first
 * @param entry records it
 * @param opens the device whose alert it opens; null for none
 */
record Offer(int connection, Letter letter, Entry entry, @Nullable DeviceId opens) {

  /** Records an offer in a journal. */
  @FunctionalInterface
  interface Entry {
    void write(Journal journal, long number, int connection) throws IOException;
  }
}
