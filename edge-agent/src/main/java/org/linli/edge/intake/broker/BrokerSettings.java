package org.linli.edge.intake.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.program.mqtt.MqttAccount;
import org.linli.program.settings.Least;
import org.linli.program.settings.SettingFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the connection to an external broker, on which devices publish.
 *
 * @param uri {@code mqtt://host:port} of an MQTT 5 broker; if it is not set, the gateway attaches
 *     to none
 * @param username user name, if the broker needs one
 * @param password password, if the broker needs one
 * @param clientId client id of the session; {@code linli-} and the gateway's id by default
 * @param sessionExpiry how long the broker is asked to keep messages while the gateway is away
 * @param inFlight most messages without an acknowledgement (MQTT 5 Receive Maximum)
 * @param maxMessageSize largest MQTT packet that the broker is asked to send
 * @param topics what is subscribed to: {@code linli/{kind}/{deviceId}}, with {@code +} for any, or
 *     topics that a profile reads
 * @param profiles names of profiles whose topics are all subscribed to as well
 * @param firstPause before the first attempt to reach a broker that went away; doubled for every
 *     unsuccessful attempt, each ±50 % between first and longest pause
 * @param longestPause longest pause
 * @param refusedPause between attempts while the broker refuses this gateway or a topic, ±25 %
 */
@ConfigurationProperties("linli.broker")
record BrokerSettings(
    @Nullable String uri,
    @Nullable String username,
    @Nullable String password,
    @Nullable String clientId,
    @DefaultValue("7d") Duration sessionExpiry,
    @DefaultValue("64") int inFlight,
    @Least("1KB") @DefaultValue("256KB") DataSize maxMessageSize,
    @DefaultValue("linli/+/+") List<String> topics,
    @DefaultValue List<String> profiles,
    @DefaultValue("250ms") Duration firstPause,
    @DefaultValue("30s") Duration longestPause,
    @DefaultValue("60s") Duration refusedPause) {

  private static final int LARGEST_RECEIVE_MAXIMUM = 65_535;
  private static final int LONGEST_CLIENT_ID = 128;

  BrokerSettings {
    uri = given(uri);
    username = given(username);
    password = given(password);
    clientId = given(clientId);
    if (uri != null) {
      address(uri);
    }
    require(
        password == null || username != null, "password is set, so username must be given as well");
    require(
        clientId == null || clientId.length() <= LONGEST_CLIENT_ID,
        "client-id must have at most " + LONGEST_CLIENT_ID + " characters");
    require(
        sessionExpiry.toSeconds() >= 1 && sessionExpiry.toDays() <= 365,
        "session-expiry",
        sessionExpiry,
        "must lie between 1s and 365d");
    require(
        inFlight >= 1 && inFlight <= LARGEST_RECEIVE_MAXIMUM,
        "in-flight",
        inFlight,
        "must lie between 1 and 65535");
    require(
        maxMessageSize.toBytes() >= 1_024 && maxMessageSize.toMegabytes() < 64,
        "max-message-size",
        maxMessageSize,
        "must lie between 1KB and 64MB");
    require(firstPause.toMillis() >= 1, "first-pause", firstPause, "must be at least 1ms");
    require(
        longestPause.compareTo(firstPause) >= 0,
        "longest-pause",
        longestPause,
        "must not be below first-pause");
    require(refusedPause.toMillis() >= 1, "refused-pause", refusedPause, "must be at least 1ms");
    topics = TopicFilters.checked(topics);
    profiles = List.copyOf(profiles);
  }

  /** The same with other topics. */
  BrokerSettings reading(List<String> otherTopics) {
    return new BrokerSettings(
        uri,
        username,
        password,
        clientId,
        sessionExpiry,
        inFlight,
        maxMessageSize,
        otherTopics,
        profiles,
        firstPause,
        longestPause,
        refusedPause);
  }

  /** The account at the broker with this client id. */
  MqttAccount account(String client) {
    return new MqttAccount(address(String.valueOf(uri)), client, username, password);
  }

  String host() {
    return address(String.valueOf(uri)).getHost();
  }

  /** The broker's address for people. */
  String where() {
    return String.valueOf(uri);
  }

  /** A variable with an empty value counts as not set. */
  private static @Nullable String given(@Nullable String text) {
    return StringUtils.hasText(text) ? text : null;
  }

  private static URI address(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException unreadable) {
      throw new IllegalArgumentException(
          "linli.broker.uri cannot be read; write it as mqtt://host:port.", unreadable);
    }
    require(
        !"mqtts".equals(address.getScheme()),
        "uri asks for TLS, which the agent does not speak to a broker yet; write it as"
            + " mqtt://host:port");
    require(
        address.getUserInfo() == null,
        "uri holds a name or a password; give them as linli.broker.username and"
            + " linli.broker.password");
    require(
        "mqtt".equals(address.getScheme())
            && address.getHost() != null
            && address.getPort() > 0
            && address.getPort() <= 65_535
            && address.getPath().isEmpty()
            && address.getQuery() == null
            && address.getFragment() == null,
        "uri is '" + text + "'; write it as mqtt://host:port");
    return address;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("linli.broker." + rule);
    }
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linli.broker.%s is %s, and %s".formatted(key, SettingFormat.of(value), rule));
    }
  }
}
