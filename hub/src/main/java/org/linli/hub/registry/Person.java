package org.linli.hub.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who works for the community.
 *
 * @param grids the grids that a grid worker looks after; empty for people who serve the whole
 *     community
 * @param email the address to write to; null if there is none
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
