package org.linli.edge.profile.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.util.List;

/**
 * How far one evaluation may go: {@value #MOST_STEPS} steps, {@value #DEEPEST} of them within each
 * other, texts of {@value #LONGEST_TEXT} characters, lists of {@value #LONGEST_LIST} entries. Steps
 * and not time: on a machine that stands still for a moment a message must not become a dead letter
 * for it.
 */
final class Bounds {

  private static final int MOST_STEPS = 100_000;
  private static final int DEEPEST = 250;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int LONGEST_LIST = 100_000;

  private int steps;
  private int depth;

  void on(Frame frame) {
    frame.setEvaluateEntryCallback((symbol, input, environment) -> enter());
    frame.setEvaluateExitCallback((symbol, input, environment, result) -> leave(result));
  }

  private void enter() {
    if (++steps > MOST_STEPS) {
      throw exceeded("it takes more than " + MOST_STEPS + " steps");
    }
    if (++depth > DEEPEST) {
      throw exceeded("it goes deeper than " + DEEPEST + " steps within each other");
    }
  }

  private void leave(Object result) {
    depth--;
    if (result instanceof String text && text.length() > LONGEST_TEXT) {
      throw exceeded("it makes a text of more than " + LONGEST_TEXT + " characters");
    }
    if (result instanceof List<?> list && list.size() > LONGEST_LIST) {
      throw exceeded("it makes a list of more than " + LONGEST_LIST + " entries");
    }
  }

  static JException exceeded(String why) {
    return new JException(new IllegalStateException(), why, -1, null, null);
  }
}
