package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import org.linli.hub.intake.JournalEntry.Content;

/**
 * As many entries of the journal, from the first on and one at least, as may be unpacked at a time.
 *
 * @param entries those that are in it
 * @param events of those that can be read, as they were applied
 * @param unreadable those that cannot, and why
 */
record JournalPortion(List<JournalEntry> entries, List<HubEvent> events, List<Unread> unreadable) {

  /** An entry that cannot be read. */
  record Unread(JournalEntry entry, String why) {}

  /** The last row of the journal that is in it. */
  long lastRow() {
    return entries.getLast().id();
  }

  /**
   * @param mostBytes what unpacking them all may take
   */
  static JournalPortion of(List<JournalEntry> oldest, long mostBytes) {
    List<JournalEntry> entries = new ArrayList<>();
    List<HubEvent> events = new ArrayList<>();
    List<Unread> unreadable = new ArrayList<>();
    long bytes = 0;
    for (JournalEntry entry : oldest) {
      if (!entries.isEmpty() && bytes + Unpacking.most(entry.payload()) > mostBytes) {
        break;
      }
      switch (entry.read()) {
        case Content.Events(List<HubEvent> its, long own) -> {
          events.addAll(its);
          bytes += own;
        }
        case Content.Unreadable(String why) -> unreadable.add(new Unread(entry, why));
      }
      entries.add(entry);
    }
    return new JournalPortion(entries, events, unreadable);
  }
}
