package org.linli.hub.console.page;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert, as a page shows it: names in the reader's language, times by the community's clock.
 *
 * @param community name of the community, if there are several; null for an alert of none
 * @param place building and grid; null for a device that is in no file
 * @param kind kind of the device's equipment, gateway or hub
 * @param device id of what it is about
 * @param clock when it was opened
 * @param values the values of the event that opened it, in words
 * @param happened when it happened by the time in the report, where that is long before it was
 *     opened; otherwise null
 * @param unread what could not be read of the message that opened it; null for nothing
 * @param advice what to do about it; null if its title says it all
 */
public record AlertCard(
    String id,
    String severity,
    String status,
    String title,
    @Nullable String community,
    @Nullable String place,
    String kind,
    String device,
    Instant openedAt,
    String clock,
    Age age,
    long count,
    List<String> values,
    @Nullable String happened,
    @Nullable String unread,
    @Nullable String assignee,
    @Nullable String acknowledgedBy,
    @Nullable String advice,
    List<Entry> timeline) {

  /**
   * One thing that was done.
   *
   * @param what the message that says it
   * @param by name of the actor that did it
   * @param text the text within that message
   * @param quote what a person said; null for nothing
   */
  public record Entry(
      Instant at, String clock, String what, String by, String text, @Nullable String quote) {}
}
