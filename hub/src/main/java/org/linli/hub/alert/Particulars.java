package org.linli.hub.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * What the hub detected, value by value. These become the {@link AlertCause#values} of an alert
 * that no event opened, from which a page can describe it in any language. Times are in UTC (ISO
 * 8601), and their names end with {@code -at}.
 */
final class Particulars {

  private final Map<String, Value> byName = new LinkedHashMap<>();

  /**
   * @param text free text from outside; cut if it is too long to keep
   */
  Particulars with(String name, String text) {
    String cut = text.substring(0, Math.min(text.length(), Value.Text.MAX_LENGTH));
    // A cut can leave half a surrogate pair, which is not valid text.
    String whole = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byName.put(name, new Value.Text(whole));
    return this;
  }

  Particulars with(String name, long number) {
    byName.put(name, new Value.Whole(number));
    return this;
  }

  Particulars with(String name, Instant time) {
    byName.put(name, new Value.Text(time.truncatedTo(ChronoUnit.SECONDS).toString()));
    return this;
  }

  Values values() {
    return new Values(byName);
  }
}
