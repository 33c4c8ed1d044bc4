package org.linli.edge.profile.wired;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What follows from a name alone, for names that come with every message. When there are too many
 * it begins anew, so that invented names take no room for long. Thread-safe.
 */
final class ByName<T> {

  static final int MOST = 500;

  /** A longer name is looked at each time. */
  static final int LONGEST = 64;

  private final ConcurrentHashMap<String, T> known = new ConcurrentHashMap<>();
  private final Function<String, T> follows;

  ByName(Function<String, T> follows) {
    this.follows = follows;
  }

  T of(String name) {
    T found = known.get(name);
    if (found != null) {
      return found;
    }
    T result = follows.apply(name);
    if (name.length() <= LONGEST) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(name, result);
    }
    return result;
  }

  int size() {
    return known.size();
  }
}
