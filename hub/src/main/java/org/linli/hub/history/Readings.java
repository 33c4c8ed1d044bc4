package org.linli.hub.history;

import java.util.function.ObjDoubleConsumer;
import org.linli.event.Value;
import org.linli.event.Values;

/** Extracts what makes a series from an event's values: numbers as they are, booleans as 0 or 1. */
public final class Readings {

  private Readings() {}

  /** Calls {@code reading} with each metric and its value, in the order of the values. */
  public static void forEach(Values values, ObjDoubleConsumer<String> reading) {
    values
        .byName()
        .forEach(
            (metric, value) -> {
              switch (value) {
                case Value.Whole(long number) -> reading.accept(metric, (double) number);
                case Value.Real(double number) -> reading.accept(metric, number);
                case Value.Truth(boolean truth) -> reading.accept(metric, truth ? 1 : 0);
                case Value.Text(String _) -> {
                  // Text stays with its event.
                }
              }
            });
  }
}
