package org.linli.edge.intake.mqtt.access;

import java.util.List;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.TopicFilter;

/**
 * The rights of one client. A rule has the form {@code kind/device}; either part may be {@code *},
 * and the device may end with one.
 *
 * @param publish rules for the devices that it may publish for
 * @param topics the other topics that it may publish on
 * @param read rules for the devices whose commands it may read
 */
public record Rights(List<String> publish, List<TopicFilter> topics, List<String> read) {

  private static final String ANY_DEVICE = "*/*";
  private static final TopicFilter EVERYWHERE = new TopicFilter("#");

  public Rights {
    publish = List.copyOf(publish);
    topics = List.copyOf(topics);
    read = List.copyOf(read);
  }

  /** Rights without a clients file: any client may publish, and each reads its own commands. */
  public static Rights ofAnybody(String clientId) {
    return new Rights(
        List.of(ANY_DEVICE),
        List.of(EVERYWHERE),
        clientId.contains("*") ? List.of() : List.of("*/" + clientId));
  }

  public boolean mayPublish(Address address) {
    return switch (address) {
      case Address.Device device -> mayPublish(device);
      case Address.Topic topic -> mayPublish(topic);
      case Address.ToProfile _ -> false;
    };
  }

  // Loops, as these run for every message.
  private boolean mayPublish(Address.Device device) {
    for (String rule : publish) {
      if (covers(rule, device.kind(), device.device())) {
        return true;
      }
    }
    return false;
  }

  private boolean mayPublish(Address.Topic topic) {
    for (TopicFilter rule : topics) {
      if (rule.matches(topic.topic())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the client may subscribe to the commands of a device. */
  public boolean mayRead(CommandAddress address) {
    String kind = address.kind().wireName();
    return read.stream().anyMatch(rule -> covers(rule, kind, address.device().value()));
  }

  private static boolean covers(String rule, String kind, String device) {
    if (rule.equals(ANY_DEVICE)) {
      return true;
    }
    int slash = rule.indexOf('/');
    String ruledKind = rule.substring(0, slash);
    String ruledDevice = rule.substring(slash + 1);
    return (ruledKind.equals("*") || ruledKind.equals(kind)) && matches(ruledDevice, device);
  }

  /** Whether the name equals the pattern or, if the pattern ends with a star, begins with it. */
  static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(name);
  }
}
