package org.linli.sims.day;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.event.Value;
import org.linli.event.Values;

/** Collects the values of one event, with numbers at the sensor's resolution. */
final class Readings {

  private final Map<String, Value> byName = new LinkedHashMap<>();

  Readings whole(String name, long number) {
    byName.put(name, new Value.Whole(number));
    return this;
  }

  /** Adds a number with this many decimals, as an analogue-to-digital converter gives it. */
  Readings real(String name, double number, int decimals) {
    double scale = Math.pow(10, decimals);
    byName.put(name, new Value.Real(Math.round(number * scale) / scale));
    return this;
  }

  Readings truth(String name, boolean truth) {
    byName.put(name, new Value.Truth(truth));
    return this;
  }

  Readings text(String name, String text) {
    byName.put(name, new Value.Text(text));
    return this;
  }

  Values values() {
    return new Values(byName);
  }
}
