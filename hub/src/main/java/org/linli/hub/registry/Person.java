package org.linli.hub.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works for the community.
 *
 * @param grids those a grid worker looks after; empty for people who serve the whole community
 * @param email where to write to; null where there is none
 */
public record Person(
    String id,
    String name,
    Role role,
    List<String> grids,
    @Nullable String email,
    Language language) {

  public Person {
    grids = List.copyOf(grids);
  }
}
