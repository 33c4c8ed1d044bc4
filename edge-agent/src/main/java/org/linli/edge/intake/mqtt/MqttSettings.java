package org.linli.edge.intake.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.program.settings.Least;
import org.linli.program.settings.SettingFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the MQTT door for devices.
 *
 * @param address address it listens on
 * @param port port it listens on; 0 takes a free one
 * @param maxMessageSize largest MQTT packet that is read
 * @param inFlight most messages of one connection that wait for the disk at a time. MQTT 5 clients
 *     get it as Receive Maximum; for others, reading stops beyond it
 * @param inFlightBytes most bytes of such messages; beyond it, reading stops for all clients
 * @param maxConnections most devices that may be connected at a time; 0 for as many as the heap has
 *     room for, 5,000 at most
 * @param connectTimeout how long a connection may take to send its whole CONNECT
 * @param packetTimeout how long any packet may take from its first byte to its last
 * @param sessionExpiry longest time that a session outlives its connection; zero keeps none
 * @param maxSessions most sessions that are kept
 * @param maxUnreleased most QoS 2 packet ids that one client may leave unreleased
 * @param maxWillSize largest will that a client may leave
 * @param maxSubscriptions most devices whose commands one client may subscribe to
 * @param clientsFile who may connect, publish and read what; if none is set, any client may publish
 * @param eventLoops threads that read and answer
 */
@ConfigurationProperties("linli.mqtt")
public record MqttSettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("1883") int port,
    @Least("1KB") @DefaultValue("256KB") DataSize maxMessageSize,
    @DefaultValue("64") int inFlight,
    @DefaultValue("1MB") DataSize inFlightBytes,
    @DefaultValue("0") int maxConnections,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("30s") Duration packetTimeout,
    @DefaultValue("24h") Duration sessionExpiry,
    @DefaultValue("10000") int maxSessions,
    @DefaultValue("1024") int maxUnreleased,
    @DefaultValue("16KB") DataSize maxWillSize,
    @DefaultValue("100") int maxSubscriptions,
    @Nullable Path clientsFile,
    @DefaultValue("1") int eventLoops) {

  private static final int LARGEST_RECEIVE_MAXIMUM = 65_535;
  private static final int FIXED_HEADER = 5;
  private static final int MOST_CONNECTIONS = 5_000;
  private static final int BESIDES_THE_WILL = 8 << 10;
  private static final int SMALL_CONTROL = 4 << 10;

  /** Bytes of a subscription to the commands of a device, with its length and options. */
  private static final int LONGEST_FILTER = 256;

  public MqttSettings {
    require(port >= 0 && port <= 65_535, "port", port, "must lie between 0 and 65535");
    require(
        maxMessageSize.toBytes() >= 1_024 && maxMessageSize.toMegabytes() < 64,
        "max-message-size",
        maxMessageSize,
        "must lie between 1KB and 64MB");
    require(
        inFlight >= 1 && inFlight <= LARGEST_RECEIVE_MAXIMUM,
        "in-flight",
        inFlight,
        "must lie between 1 and 65535");
    require(inFlightBytes.toBytes() > 0, "in-flight-bytes", inFlightBytes, "must be more than 0");
    require(maxConnections >= 0, "max-connections", maxConnections, "must not be negative");
    require(
        connectTimeout.toSeconds() >= 1, "connect-timeout", connectTimeout, "must be at least 1s");
    require(packetTimeout.toSeconds() >= 1, "packet-timeout", packetTimeout, "must be at least 1s");
    require(
        !sessionExpiry.isNegative() && sessionExpiry.toDays() <= 365,
        "session-expiry",
        sessionExpiry,
        "must lie between 0s and 365d");
    require(maxSessions >= 1, "max-sessions", maxSessions, "must be at least 1");
    require(
        maxUnreleased >= inFlight && maxUnreleased <= 65_535,
        "max-unreleased",
        maxUnreleased,
        "must lie between in-flight and 65535");
    require(
        maxWillSize.toBytes() >= 0 && maxWillSize.toMegabytes() < 64,
        "max-will-size",
        maxWillSize,
        "must lie between 0B and 64MB");
    require(
        maxSubscriptions >= 1 && maxSubscriptions <= 65_535,
        "max-subscriptions",
        maxSubscriptions,
        "must lie between 1 and 65535");
    require(
        eventLoops >= 1 && eventLoops <= 64,
        "event-loops",
        eventLoops,
        "must lie between 1 and 64");
  }

  /**
   * Most devices that may be connected at a time.
   *
   * @throws CannotListenException if the heap or the process's file limit has no room for the
   *     configured number
   */
  int maxConnections(DoorMemory memory) {
    if (maxConnections == 0) {
      return Math.min(
          Math.min(MOST_CONNECTIONS, memory.mqttConnections()), memory.files().mqttConnections());
    }
    memory.require("linli.mqtt.max-connections", maxConnections, memory.mqttConnections());
    memory
        .files()
        .require("linli.mqtt.max-connections", maxConnections, memory.files().mqttConnections());
    return maxConnections;
  }

  /** Limit of the bytes after the length of a CONNECT: room for the will, a name and a password. */
  int largestConnect() {
    return Math.min(largestRest(), (int) maxWillSize.toBytes() + BESIDES_THE_WILL);
  }

  /** Limit of the bytes after the length of any other packet except PUBLISH. */
  int largestControl() {
    return Math.min(largestRest(), SMALL_CONTROL + maxSubscriptions * LONGEST_FILTER);
  }

  /** Limit of the bytes after the length of a PUBLISH (MQTT 5 section 2.1.4). */
  int largestRest() {
    return (int) maxMessageSize.toBytes() - FIXED_HEADER;
  }

  /** Size of a packet with {@code rest} bytes after its length. */
  int whole(int rest) {
    return rest + FIXED_HEADER;
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linli.mqtt.%s is %s, and %s".formatted(key, SettingFormat.of(value), rule));
    }
  }
}
