package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.TopicFilter;
import org.linli.program.Shown;

/** The profiles by name and topic; immutable. */
record ProfileTable(Map<String, Profile> byName, List<Subscribed> subscribed) {

  record Subscribed(TopicFilter filter, Profile profile) {}

  /**
   * @throws IllegalArgumentException if two of them have one name or read one topic
   */
  static ProfileTable of(List<Profile> builtIn, List<? extends Profile> mapped) {
    Map<String, Profile> byName = new LinkedHashMap<>();
    List<Subscribed> subscribed = new ArrayList<>();
    for (Profile profile : Stream.concat(builtIn.stream(), mapped.stream()).toList()) {
      if (byName.put(profile.name(), profile) != null) {
        throw new IllegalArgumentException("There are two profiles " + profile.name());
      }
      for (String topic : profile.topics()) {
        subscribed.add(subscription(new TopicFilter(topic), profile, subscribed));
      }
    }
    return new ProfileTable(byName, subscribed);
  }

  private static Subscribed subscription(
      TopicFilter filter, Profile profile, List<Subscribed> others) {
    for (Subscribed other : others) {
      if (other.filter().overlaps(filter) && !other.profile().equals(profile)) {
        throw new IllegalArgumentException(
            "The profiles %s (%s) and %s (%s) would read the same topics: change the topic of one, or switch one off with linli.profile.off"
                .formatted(
                    other.profile().name(), other.filter().text(), profile.name(), filter.text()));
      }
    }
    return new Subscribed(filter, profile);
  }

  /** The profile of that name; null for none. */
  @Nullable Profile named(String name) {
    return byName.get(name);
  }

  /** Says that there is no profile of that name. */
  String lacks(String name) {
    return "there is no profile "
        + Shown.text(name)
        + "; there are "
        + String.join(", ", new TreeSet<>(byName.keySet()));
  }

  /** The profile that reads a topic; null for none. */
  @Nullable Profile reader(String topic) {
    for (Subscribed each : subscribed) {
      if (each.filter().matches(topic)) {
        return each.profile();
      }
    }
    return null;
  }
}
