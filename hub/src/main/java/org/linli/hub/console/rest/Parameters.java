package org.linli.hub.console.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.registry.Registry;
import org.linli.program.Shown;

/** Parses query parameters. An error says which parameter is wrong and what is expected. */
final class Parameters {

  static final int DEFAULT_LIMIT = 100;

  /** Leaves a day at each end, for times that are computed from it. */
  private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");

  private static final Instant BEYOND_LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private Parameters() {}

  /** Parses a whole number from 1 to {@code max}; {@code otherwise} if it is absent. */
  static int count(String name, @Nullable String text, int max, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw refused(name, text, "write a whole number from 1 to " + max, notANumber);
    }
    throw refused(name, text, "write a whole number from 1 to " + max, null);
  }

  static int limit(@Nullable String text, int max) {
    return count("limit", text, max, DEFAULT_LIMIT);
  }

  /** Parses a time of the years 1 to 9999 with its offset, RFC 3339; null if it is absent. */
  static @Nullable Instant time(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      // A '+' that was not escaped arrives as a space.
      Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (!time.isBefore(EARLIEST) && time.isBefore(BEYOND_LATEST)) {
        return time;
      }
    } catch (DateTimeException notATime) {
      throw refused(name, text, "write a time as 2026-11-23T05:16:00Z", notATime);
    }
    throw refused(name, text, "write a time from 0001-01-02 to 9999-12-30", null);
  }

  /** Parses a value that validates itself when it is made; null if it is absent. */
  static <T> @Nullable T value(String name, @Nullable String text, Function<String, T> maker) {
    if (text == null) {
      return null;
    }
    try {
      return maker.apply(text);
    } catch (IllegalArgumentException broken) {
      throw refused(name, text, String.valueOf(broken.getMessage()), broken);
    }
  }

  /**
   * Parses an id in a path. A text that cannot be an id counts as not found.
   *
   * @throws RefusedRequestException not found
   */
  static <T> T pathValue(String text, Function<String, T> maker) {
    try {
      return maker.apply(text);
    } catch (IllegalArgumentException broken) {
      throw RefusedRequestException.notFound(
          "The path names nothing: %s.".formatted(broken.getMessage()));
    }
  }

  /**
   * Parses the parameter 'community'; null if it is absent.
   *
   * @throws RefusedRequestException if there is no such community
   */
  static @Nullable CommunityId community(@Nullable String text, Registry registry) {
    CommunityId id = value("community", text, CommunityId::new);
    if (id != null && registry.find(id).isEmpty()) {
      throw refused(
          "community", id.value(), "write the id of a community in /api/v1/communities", null);
    }
    return id;
  }

  static String listed(List<CommunityId> communities) {
    return communities.stream().map(CommunityId::value).collect(Collectors.joining(", "));
  }

  /**
   * @param within the only community that counts; null for all
   * @throws RefusedRequestException if no community has such a grid
   */
  static void knownGrid(@Nullable String grid, @Nullable CommunityId within, Registry registry) {
    if (grid != null
        && registry.communities().stream()
            .filter(community -> within == null || community.id().equals(within))
            .noneMatch(community -> community.findGrid(grid).isPresent())) {
      throw refused("grid", grid, "write the id of a grid in /api/v1/grids", null);
    }
  }

  /** Parses one of a closed list of names; null if it is absent. */
  static <T extends Enum<T>> @Nullable T oneOf(
      String name, @Nullable String text, T[] values, Function<String, Optional<T>> finder) {
    return text == null ? null : named(name, text, values, finder);
  }

  /** Parses one of these names; null if it is absent. */
  static @Nullable String oneOfNames(String name, @Nullable String text, List<String> names) {
    if (text != null && !names.contains(text)) {
      throw refused(name, text, "write one of " + String.join(", ", names), null);
    }
    return text;
  }

  /** Parses some of a closed list of names, separated by commas; empty if it is absent. */
  static <T extends Enum<T>> Set<T> someOf(
      String name, @Nullable String text, Class<T> type, Function<String, Optional<T>> finder) {
    Set<T> some = EnumSet.noneOf(type);
    if (text != null) {
      for (String part : text.split(",", -1)) {
        some.add(named(name, part.strip(), type.getEnumConstants(), finder));
      }
    }
    return some;
  }

  private static <T extends Enum<T>> T named(
      String name, String text, T[] values, Function<String, Optional<T>> finder) {
    return finder
        .apply(text)
        .orElseThrow(
            () ->
                refused(
                    name,
                    text,
                    "write one of "
                        + Arrays.stream(values)
                            .map(Object::toString)
                            .collect(Collectors.joining(", ")),
                    null));
  }

  private static RefusedRequestException refused(
      String name, String text, String expected, @Nullable Throwable cause) {
    return RefusedRequestException.badField(
        name, "The parameter '%s' is '%s'; %s.".formatted(name, Shown.text(text), expected), cause);
  }
}
