package org.linli.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one event by name, in the order the device gave them: at most {@value #MAX_COUNT}.
 * A name has 1 to {@value #MAX_KEY_LENGTH} characters and follows the rules of {@link DeviceId}.
 *
 * @throws IllegalArgumentException from the constructor, naming the key and the rule that was
 *     broken
 */
public record Values(Map<String, Value> byName) {

  public static final int MAX_COUNT = 128;
  public static final int MAX_KEY_LENGTH = 64;
  public static final Values NONE = new Values(Map.of());

  public Values {
    if (byName.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "values has " + byName.size() + " entries, at most " + MAX_COUNT + " are allowed");
    }
    for (String key : byName.keySet()) {
      Names.require("the name of a value", key, MAX_KEY_LENGTH);
    }
    byName = byName.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** The value with this name; empty for none. */
  public Optional<Value> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public int size() {
    return byName.size();
  }
}
