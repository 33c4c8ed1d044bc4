package org.linli.hub.console.page;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert, as a page shows it: names in the reader's language, times by the community's clock.
 *
 * @param place building and grid; null for a device that is in no file
 * @param kind of the device's equipment, gateway or hub
 * @param device what it is about, by its id
 * @param clock when it was opened
 * @param values what the event that opened it carried, in words
 * @param advice what to do about it; null where its title says it all
 */
public record AlertCard(
    String id,
    String severity,
    String status,
    String title,
    @Nullable String place,
    String kind,
    String device,
    Instant openedAt,
    String clock,
    Age age,
    long count,
    List<String> values,
    @Nullable String assignee,
    @Nullable String acknowledgedBy,
    @Nullable String advice,
    List<Entry> timeline) {

  /**
   * One thing that was done.
   *
   * @param what the message that says it
   * @param by who did it, by name
   * @param text what stands within that message
   * @param quote what somebody said; null for nothing
   */
  public record Entry(
      Instant at, String clock, String what, String by, String text, @Nullable String quote) {}
}
