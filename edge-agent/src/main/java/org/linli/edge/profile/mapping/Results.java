package org.linli.edge.profile.mapping;

import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;

/** Converts the results of expressions for events. */
final class Results {

  private static final int DEEPEST = 32;

  private Results() {}

  /** JSONata's notion of truth: {@code $boolean}. */
  static boolean isTrue(@Nullable Object result) {
    return Jsonata.boolize(result);
  }

  /** A text, or a number or boolean as text; null if there is no result. */
  static @Nullable String text(String field, @Nullable Object result) throws Unreadable {
    return switch (result) {
      case null -> null;
      case String text -> text;
      case Number number -> String.valueOf(number);
      case Boolean truth -> String.valueOf(truth);
      default ->
          throw new Unreadable(
              RefusalReason.BAD_FIELD, field + ": the mapping gives no text for it");
    };
  }

  /** Adds a result and everything in it. */
  static void collect(ValueCollector values, String name, @Nullable Object result)
      throws Unreadable {
    collect(values, name, result, 0);
  }

  private static void collect(
      ValueCollector values, String name, @Nullable Object result, int depth) throws Unreadable {
    if (depth > DEEPEST) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE, name + ": is nested deeper than " + DEEPEST + " levels");
    }
    switch (result) {
      case null -> {}
      case Boolean truth -> values.put(name, truth.booleanValue());
      case Integer number -> values.put(name, number.longValue());
      case Long number -> values.put(name, number.longValue());
      case Number number -> values.put(name, number.doubleValue());
      case String text -> values.put(name, text);
      case Map<?, ?> object -> {
        for (Map.Entry<?, ?> entry : object.entrySet()) {
          collect(
              values,
              ValueCollector.joined(name, String.valueOf(entry.getKey())),
              entry.getValue(),
              depth + 1);
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          collect(values, ValueCollector.joined(name, Integer.toString(i)), list.get(i), depth + 1);
        }
      }
      default ->
          throw new Unreadable(
              RefusalReason.BAD_FIELD, name + ": the mapping gives a function for it");
    }
  }
}
