package org.linli.edge.profile.mapping;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the errors of mapping files, in the order of their lines. */
final class MappingProblems {

  private static final int MOST_TOLD = 20;

  private final TreeMap<Place, String> byPlace = new TreeMap<>();
  private int count;

  void add(Place place, String problem) {
    count++;
    byPlace.merge(place, problem, (first, second) -> first + "; " + second);
  }

  int count() {
    return count;
  }

  /**
   * @throws BadMappingException if there is any
   */
  void throwIfAny() throws BadMappingException {
    if (count > 0) {
      List<String> lines =
          byPlace.entrySet().stream()
              .limit(MOST_TOLD)
              .map((Map.Entry<Place, String> entry) -> entry.getKey() + ": " + entry.getValue())
              .toList();
      throw new BadMappingException(lines);
    }
  }
}
