package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.event.DeviceId;

/**
 * Finds out which registered device a message that nobody could read came from, by where it was
 * sent to. A profile names equipment by one or more levels of a topic, not always by neighbours
 * ({@code spBv1.0/group/NDATA/node}), so all of these are tried.
 */
final class Senders {

  /** Levels of a topic, from its end, that may name a device. */
  private static final int MOST_LEVELS = 6;

  /** The profile names under which equipment with a Linli address is registered. */
  private static final List<String> OWN = List.of("linli", "senml");

  private final KnownDevices known;

  Senders(KnownDevices known) {
    this.known = known;
  }

  /**
   * @param profile that reads the topic; null for none
   * @return null if it is not registered
   */
  @Nullable DeviceId registered(Address address, @Nullable String profile) {
    return switch (address) {
      case Address.Device(var _, var _, String device) -> first(OWN, List.of(device));
      case Address.ToProfile(String named, String device, var _) ->
          first(List.of(named), List.of(device));
      case Address.Topic(String topic, String client) -> ofTopic(topic, client, profile);
    };
  }

  private @Nullable DeviceId ofTopic(String topic, String client, @Nullable String profile) {
    List<String> levels = levels(topic);
    List<String> profiles = new ArrayList<>();
    if (profile != null) {
      profiles.add(profile);
    } else if (levels.size() > 2 && levels.getFirst().equals("intake")) {
      profiles.add(levels.get(1));
      levels = levels.subList(2, levels.size());
    }
    profiles.addAll(OWN);
    DeviceId found = first(profiles, names(levels));
    return found == null && !client.isEmpty() ? first(profiles, List.of(client)) : found;
  }

  /** A path of HTTP begins with a slash. */
  private static List<String> levels(String topic) {
    return Arrays.asList((topic.startsWith("/") ? topic.substring(1) : topic).split("/", -1));
  }

  /** Longer names come first, and of one length those nearer to the end. */
  private static List<String> names(List<String> all) {
    List<String> levels = all.subList(Math.max(0, all.size() - MOST_LEVELS), all.size());
    List<String> names = new ArrayList<>();
    for (int length = levels.size(); length > 0; length--) {
      for (int from = levels.size() - length; from >= 0; from--) {
        List<String> run = levels.subList(from, from + length);
        names.add(String.join("/", run));
        for (int out = 1; out < length - 1; out++) {
          names.add(without(out, run));
        }
      }
    }
    return names;
  }

  private static String without(int level, List<String> run) {
    return IntStream.range(0, run.size())
        .filter(i -> i != level)
        .mapToObj(run::get)
        .collect(Collectors.joining("/"));
  }

  private @Nullable DeviceId first(List<String> profiles, List<String> names) {
    for (String name : names) {
      for (String profile : profiles) {
        DeviceId found = registered(profile, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable DeviceId registered(String profile, String name) {
    Optional<Subject> equipment = known.at(profile, name);
    if (equipment.isPresent()) {
      return equipment.get().device();
    }
    DeviceId id = id(profile, name);
    return id != null && known.kindOf(id).isPresent() ? id : null;
  }

  private @Nullable DeviceId id(String profile, String name) {
    try {
      return known.heardAs(profile, NativeNames.toDeviceId(name));
    } catch (IllegalArgumentException isNoName) {
      return null;
    }
  }
}
