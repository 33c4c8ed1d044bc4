package org.linli.event;

import java.util.Optional;

/**
 * The MQTT topics between one gateway and the hub, see docs/protocol.md. All begin with {@code
 * linli/1/}, where 1 is the protocol's version.
 */
public record UplinkTopics(GatewayId gateway) {

  private static final String ROOT = "linli/1/";

  /** Filter for the batches and reports of every gateway. */
  public static final String EVERY_BATCH = ROOT + "+/up/+";

  /** Filter for the status of every gateway. */
  public static final String EVERY_STATUS = ROOT + "+/status";

  /** Batches of a lane, from the gateway. */
  public String up(Lane lane) {
    return ROOT + gateway + "/up/" + lane;
  }

  /** Unregistered equipment that the gateway hears, from the gateway. */
  public String equipment() {
    return ROOT + gateway + "/up/equipment";
  }

  /** Receipts and watermarks, from the hub. */
  public String receipt() {
    return ROOT + gateway + "/receipt";
  }

  /** Configuration and commands, from the hub. */
  public String down() {
    return ROOT + gateway + "/down";
  }

  /** {@code online} or {@code offline}, retained, from the gateway or as its will message. */
  public String status() {
    return ROOT + gateway + "/status";
  }

  /**
   * The topics of the gateway that this topic belongs to; empty when it is not below {@code
   * linli/1/GATEWAY/} or the name is not a valid gateway name.
   */
  public static Optional<UplinkTopics> of(String topic) {
    int end = topic.indexOf('/', ROOT.length());
    if (!topic.startsWith(ROOT) || end < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new UplinkTopics(new GatewayId(topic.substring(ROOT.length(), end))));
    } catch (IllegalArgumentException impossibleName) {
      return Optional.empty();
    }
  }

  /** The lane of a topic made by {@link #up}; empty for any other. */
  public Optional<Lane> lane(String topic) {
    for (Lane lane : Lane.values()) {
      if (topic.equals(up(lane))) {
        return Optional.of(lane);
      }
    }
    return Optional.empty();
  }
}
