package org.linli.hub.gateway.entrance;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayTrouble;
import org.linli.event.UplinkProperties;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayDeadLetters;

/**
 * What a gateway reports in the user properties of a message (MQTT 5 section 3.3.2.3.7), whichever
 * client library received it. Values that make no sense count as missing.
 *
 * @param instance the name that this run of the agent gives itself; null if missing
 * @param sentAt when it sent the message, by its own clock, which may show any time at all; null if
 *     missing
 * @param backlog what waits there behind a batch; null if missing
 * @param deadLetters the messages that it could not read; null if missing
 * @param failed what failed there last; null if missing
 * @param troubles what is wrong there, each with the time when it began, by its own clock; empty if
 *     nothing is wrong
 */
public record UserProperties(
    @Nullable String instance,
    @Nullable Instant sentAt,
    @Nullable Backlog backlog,
    @Nullable GatewayDeadLetters deadLetters,
    @Nullable Failed failed,
    Map<GatewayTrouble, Instant> troubles) {

  /** Nothing was reported. */
  static final UserProperties NONE = new UserProperties(null, null, null, null, null, Map.of());

  /** Beyond this, a program that counts in floating point cannot tell adjacent numbers apart. */
  private static final long LARGEST_COUNT = 1L << 53;

  /** The last time that RFC 3339 can write. */
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern ANY_NUMBER = Pattern.compile("-?[0-9]{1,100}");
  private static final BigInteger MOST_MILLIS = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  /** A thread of the agent, and what it threw. */
  public record Failed(Instant at, String thread, String cause) {}

  private record Pair(String key, String value) {}

  static UserProperties of(MqttProperties properties) {
    return of(
        properties.getProperties(MqttPropertyType.USER_PROPERTY.value()).stream()
            .map(MqttProperties.MqttProperty::value)
            .filter(StringPair.class::isInstance)
            .map(StringPair.class::cast)
            .map(pair -> new Pair(pair.key, pair.value))
            .toList());
  }

  static UserProperties of(MqttMessage message) {
    List<UserProperty> properties =
        message.getProperties() == null ? List.of() : message.getProperties().getUserProperties();
    return of(
        properties.stream()
            .map(property -> new Pair(property.getKey(), property.getValue()))
            .toList());
  }

  private static UserProperties of(List<Pair> pairs) {
    return new UserProperties(
        find(pairs, UplinkProperties.INSTANCE)
            .filter(name -> !name.isEmpty() && name.length() <= UplinkProperties.MAX_INSTANCE)
            .orElse(null),
        find(pairs, UplinkProperties.SENT_AT).flatMap(UserProperties::anyTime).orElse(null),
        find(pairs, UplinkProperties.WAITING)
            .flatMap(UserProperties::count)
            .map(events -> new Backlog(events, since(pairs)))
            .orElse(null),
        deadLetters(pairs),
        newest(
            find(pairs, UplinkProperties.FAILED).flatMap(UserProperties::failed),
            find(pairs, UplinkProperties.DEVICES_FORGOTTEN).flatMap(UserProperties::forgotten)),
        find(pairs, UplinkProperties.TROUBLE).map(UserProperties::troubles).orElse(Map.of()));
  }

  /**
   * Returns the troubles that this version knows. If one is listed twice, the first entry counts.
   */
  private static Map<GatewayTrouble, Instant> troubles(String text) {
    Map<GatewayTrouble, Instant> troubles = new EnumMap<>(GatewayTrouble.class);
    if (text.length() <= UplinkProperties.MAX_TROUBLE) {
      for (String one : text.split(",")) {
        String[] parts = one.split(" ", 2);
        if (parts.length == 2) {
          GatewayTrouble.of(parts[0])
              .ifPresent(
                  trouble ->
                      anyTime(parts[1])
                          .map(UserProperties::written)
                          .ifPresent(since -> troubles.putIfAbsent(trouble, since)));
        }
      }
    }
    return Collections.unmodifiableMap(troubles);
  }

  /**
   * Returns the nearest time from 1970 on that can be written: a trouble is valid whatever the
   * gateway's clock shows.
   */
  private static Instant written(Instant time) {
    return Instant.ofEpochMilli(Math.clamp(time.toEpochMilli(), 0, LATEST));
  }

  /** Returns the later of the two failures: the other one was reported before. */
  private static @Nullable Failed newest(Optional<Failed> failed, Optional<Failed> forgotten) {
    if (failed.isPresent() && forgotten.isPresent()) {
      return failed.get().at().isAfter(forgotten.get().at()) ? failed.get() : forgotten.get();
    }
    return failed.or(() -> forgotten).orElse(null);
  }

  /**
   * Entries with the same beginning are the same failure, however many devices it affects by now.
   */
  private static Optional<Failed> forgotten(String text) {
    String[] parts = text.split(" ", 2);
    return parts.length < 2
        ? Optional.empty()
        : time(parts[0])
            .flatMap(
                since ->
                    count(parts[1])
                        .map(_ -> new Failed(since, UplinkProperties.DEVICES_FORGOTTEN, "")));
  }

  private static Optional<Failed> failed(String text) {
    String[] parts = text.split(" ", 3);
    return parts.length < 3 || text.length() > UplinkProperties.MAX_FAILED
        ? Optional.empty()
        : time(parts[0]).map(at -> new Failed(at, parts[1], parts[2]));
  }

  private static @Nullable Instant since(List<Pair> pairs) {
    return find(pairs, UplinkProperties.WAITING_SINCE).flatMap(UserProperties::time).orElse(null);
  }

  private static @Nullable GatewayDeadLetters deadLetters(List<Pair> pairs) {
    Optional<Long> kept = find(pairs, UplinkProperties.DEAD_LETTERS).flatMap(UserProperties::count);
    Optional<Long> inAll =
        find(pairs, UplinkProperties.DEAD_LETTERS_IN_ALL).map(UserProperties::count).orElse(kept);
    if (kept.isEmpty() || inAll.isEmpty() || inAll.get() < kept.get()) {
      return null;
    }
    return new GatewayDeadLetters(
        kept.get(),
        inAll.get(),
        find(pairs, UplinkProperties.DEAD_LETTER_NEWEST).flatMap(UserProperties::time).orElse(null),
        find(pairs, UplinkProperties.DEAD_LETTER_NEWEST_REASON)
            .filter(reason -> REASON.matcher(reason).matches())
            .orElse(null));
  }

  private static Optional<Long> count(String digits) {
    return number(digits, LARGEST_COUNT);
  }

  private static Optional<Long> number(String digits, long largest) {
    return Optional.of(digits)
        .filter(DIGITS.asMatchPredicate())
        .map(Long::parseLong)
        .filter(number -> number <= largest);
  }

  private static Optional<String> find(List<Pair> pairs, String key) {
    return pairs.stream().filter(pair -> pair.key().equals(key)).map(Pair::value).findFirst();
  }

  /** Even a time that no clock can rightly show says more than none. */
  private static Optional<Instant> anyTime(String millis) {
    return Optional.of(millis)
        .filter(ANY_NUMBER.asMatchPredicate())
        .map(BigInteger::new)
        .map(number -> number.min(MOST_MILLIS).max(MOST_MILLIS.negate()).longValueExact())
        .map(Instant::ofEpochMilli);
  }

  private static Optional<Instant> time(String millis) {
    return number(millis, LATEST).map(Instant::ofEpochMilli);
  }
}
