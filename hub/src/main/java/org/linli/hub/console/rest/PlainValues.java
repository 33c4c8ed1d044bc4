package org.linli.hub.console.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.event.Value;
import org.linli.event.Values;

/** Converts values to JSON: numbers, booleans and strings by name, in the device's order. */
final class PlainValues {

  private PlainValues() {}

  static Map<String, Object> of(Values values) {
    Map<String, Object> plain = new LinkedHashMap<>();
    values
        .byName()
        .forEach(
            (name, value) ->
                plain.put(
                    name,
                    switch (value) {
                      case Value.Whole(long number) -> number;
                      case Value.Real(double number) -> number;
                      case Value.Truth(boolean truth) -> truth;
                      case Value.Text(String text) -> text;
                    }));
    return plain;
  }
}
