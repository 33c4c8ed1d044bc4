package org.linli.sims.equipment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.linli.sims.console.CannotRunException;

/**
 * Formats by their weights.
 *
 * @param weights whole numbers above 0
 */
public record Mix(Map<Format, Integer> weights) {

  private static final int HEAVIEST = 1_000;

  public Mix {
    weights = new EnumMap<>(weights);
  }

  /**
   * Parses {@code linli=5,zigbee2mqtt=3}; a name alone weighs 1, one that weighs 0 is left out.
   *
   * @param option the option that it was given with, for messages
   * @throws CannotRunException naming the option and what is wrong
   */
  public static Mix parse(String option, String text) throws CannotRunException {
    Map<Format, Integer> weights = new EnumMap<>(Format.class);
    for (String part : text.split(",", -1)) {
      String[] sides = part.strip().split("=", -1);
      Format format = format(option, sides[0].strip());
      int weight = sides.length == 1 ? 1 : weight(option, part.strip(), sides);
      if (weights.put(format, weight) != null) {
        throw CannotRunException.unusable("%s names %s twice.".formatted(option, format));
      }
    }
    weights.values().removeIf(weight -> weight == 0);
    if (weights.isEmpty()) {
      throw CannotRunException.unusable(
          "%s has no weight above 0: there would be nothing to send.".formatted(option));
    }
    return new Mix(weights);
  }

  private static Format format(String option, String name) throws CannotRunException {
    return Format.ofName(name)
        .orElseThrow(
            () ->
                CannotRunException.unusable(
                    "%s knows no format \"%s\"; it knows %s."
                        .formatted(option, name, String.join(", ", Format.names()))));
  }

  private static int weight(String option, String part, String[] sides) throws CannotRunException {
    try {
      int weight = sides.length == 2 ? Integer.parseInt(sides[1].strip()) : -1;
      if (weight >= 0 && weight <= HEAVIEST) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // The message below says what it should be.
    }
    throw CannotRunException.unusable(
        "%s has \"%s\": a weight is a whole number from 0 to %d, as in %s=3."
            .formatted(option, part, HEAVIEST, sides[0].strip()));
  }

  public List<Format> formats() {
    return List.copyOf(weights.keySet());
  }

  /** Whether any of the formats travels this way. */
  public boolean uses(Way way) {
    return weights.keySet().stream().anyMatch(format -> format.way() == way);
  }

  /**
   * The order in which the formats take turns, each as often as it weighs and as evenly as
   * possible; after the last, the order repeats.
   */
  public List<Format> cycle() {
    int together = weights.values().stream().mapToInt(Integer::intValue).sum();
    Map<Format, Integer> credit = new EnumMap<>(Format.class);
    List<Format> cycle = new ArrayList<>(together);
    for (int turn = 0; turn < together; turn++) {
      weights.forEach((format, weight) -> credit.merge(format, weight, Integer::sum));
      Format next =
          credit.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      credit.merge(next, -together, Integer::sum);
      cycle.add(next);
    }
    return cycle;
  }

  /**
   * Distributes this many connections by weight, at least one for each format.
   *
   * @throws CannotRunException when there are fewer connections than formats
   */
  public Map<Format, Integer> share(String option, int connections) throws CannotRunException {
    if (connections < weights.size()) {
      throw CannotRunException.unusable(
          "%s is %d, and a mix of %d formats needs at least %d: each has its own."
              .formatted(option, connections, weights.size(), weights.size()));
    }
    Map<Format, Integer> shares = new EnumMap<>(Format.class);
    weights.keySet().forEach(format -> shares.put(format, 1));
    for (int left = connections - weights.size(); left > 0; left--) {
      Format neediest =
          weights.keySet().stream()
              .max(
                  (one, other) ->
                      Long.compare(
                          (long) weight(one) * shares.getOrDefault(other, 1),
                          (long) weight(other) * shares.getOrDefault(one, 1)))
              .orElseThrow();
      shares.merge(neediest, 1, Integer::sum);
    }
    return shares;
  }

  private int weight(Format format) {
    return weights.getOrDefault(format, 0);
  }

  @Override
  public String toString() {
    return weights.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
