package org.linli.hub.journal;

import java.util.ArrayList;
import java.util.List;
import org.linli.hub.journal.JournalEntry.Content;

/**
 * The first entries of the journal that may be unpacked at one time; at least one.
 *
 * @param entries the entries in this portion
 * @param events the events of the readable entries, as they were applied
 * @param unreadable the entries that cannot be read, and why
 */
record JournalPortion(
    List<JournalEntry> entries, List<HubEvent> events, List<UnreadableBatch> unreadable) {

  /** Returns the last row of the journal in this portion. */
  long lastRow() {
    return entries.getLast().id();
  }

  /**
   * @param mostBytes the memory in bytes that unpacking all of them may take
   */
  static JournalPortion of(List<JournalEntry> oldest, long mostBytes) {
    List<JournalEntry> entries = new ArrayList<>();
    List<HubEvent> events = new ArrayList<>();
    List<UnreadableBatch> unreadable = new ArrayList<>();
    long bytes = 0;
    for (JournalEntry entry : oldest) {
      if (!entries.isEmpty() && bytes + UnpackedSize.most(entry.payload()) > mostBytes) {
        break;
      }
      switch (entry.read()) {
        case Content.Events(List<HubEvent> its, long own) -> {
          events.addAll(its);
          bytes += own;
        }
        case Content.Unreadable(String why) -> unreadable.add(entry.unreadable(why));
      }
      entries.add(entry);
    }
    return new JournalPortion(entries, events, unreadable);
  }
}
