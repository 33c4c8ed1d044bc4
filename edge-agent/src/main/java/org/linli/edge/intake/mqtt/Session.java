package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CutPublish;

/**
 * What a client and the door agreed on at CONNECT.
 *
 * @param clientId the client's id, given by the door if it had none
 * @param wasNameless whether it came without a client id
 * @param source its name for people
 * @param wantsReasons whether reason strings may be sent to it
 * @param clean whether it starts without an earlier session
 * @param expiry how long the session outlives the connection; zero for not at all
 * @param receiveMaximum most messages of QoS 1 that it accepts without having acknowledged them
 * @param maximumPacketSize largest packet that it accepts
 */
record Session(
    int version,
    String clientId,
    boolean wasNameless,
    String source,
    boolean wantsReasons,
    boolean clean,
    Duration expiry,
    int receiveMaximum,
    int maximumPacketSize) {

  static final int LONGEST_CLIENT_ID = 256;

  /** Length of {@code MQTT} in bytes. */
  private static final int PROTOCOL_NAME = 4;

  private static final int LONGEST_REASON = 200;
  private static final int LARGEST_RECEIVE_MAXIMUM = 65_535;

  /** A client that accepts only smaller packets gets no reason strings. */
  private static final int ROOM_FOR_REASONS = 512;

  /**
   * @param longest longest expiry that is granted
   */
  static Session open(
      int version, @Nullable String name, boolean clean, MqttProperties asked, Duration longest) {
    boolean nameless = name == null || name.isEmpty();
    String clientId = name == null || name.isEmpty() ? "given-" + UUID.randomUUID() : name;
    boolean wantsReasons =
        integer(asked, MqttPropertyType.REQUEST_PROBLEM_INFORMATION, 1) == 1
            && maximumPacketSize(asked) >= ROOM_FOR_REASONS;
    Duration expiry;
    if (version == MqttVersion.MQTT_5.protocolLevel()) {
      expiry = granted(integer(asked, MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0), longest);
    } else {
      expiry = clean ? Duration.ZERO : longest;
    }
    return new Session(
        version,
        clientId,
        nameless,
        "mqtt://" + printable(clientId),
        wantsReasons,
        clean,
        expiry,
        integer(asked, MqttPropertyType.RECEIVE_MAXIMUM, LARGEST_RECEIVE_MAXIMUM),
        maximumPacketSize(asked));
  }

  /** Whether the content of a CONNECT begins as in MQTT 5: section 3.1.2. */
  static boolean beginsAsMqtt5(ByteBuf content) {
    int at = content.readerIndex() + PROTOCOL_NAME + Short.BYTES;
    return at < content.writerIndex()
        && content.getByte(at) == MqttVersion.MQTT_5.protocolLevel()
        && content.getUnsignedShort(content.readerIndex()) == PROTOCOL_NAME;
  }

  /** False if a limit of CONNECT is zero, which is a protocol error: MQTT 5 section 3.1.2.11. */
  boolean takesAnything() {
    return receiveMaximum > 0 && maximumPacketSize > 0;
  }

  /** Four bytes, unsigned. */
  private static int maximumPacketSize(MqttProperties asked) {
    int given = integer(asked, MqttPropertyType.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
    return given < 0 ? Integer.MAX_VALUE : given;
  }

  boolean speaksMqtt5() {
    return version == MqttVersion.MQTT_5.protocolLevel();
  }

  /**
   * The granted expiry. Seconds are unsigned; 0xFFFFFFFF means no expiry: MQTT 5 section
   * 3.1.2.11.2.
   */
  static Duration granted(int seconds, Duration longest) {
    Duration asked = Duration.ofSeconds(Integer.toUnsignedLong(seconds));
    return asked.compareTo(longest) > 0 ? longest : asked;
  }

  /** The same client without a session that outlives the connection. */
  Session unkept() {
    return new Session(
        version,
        clientId,
        wasNameless,
        source,
        wantsReasons,
        clean,
        Duration.ZERO,
        receiveMaximum,
        maximumPacketSize);
  }

  /** The properties of CONNACK for MQTT 5 clients: section 3.2.2.3. */
  MqttProperties announced(MqttSettings settings) {
    if (!speaksMqtt5()) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    properties.add(integer(MqttPropertyType.RECEIVE_MAXIMUM, settings.inFlight()));
    // Not the size that is kept: a client that obeys would send no alarm with a large picture.
    properties.add(integer(MqttPropertyType.MAXIMUM_PACKET_SIZE, settings.whole(CutPublish.MOST)));
    properties.add(integer(MqttPropertyType.SESSION_EXPIRY_INTERVAL, (int) expiry.toSeconds()));
    properties.add(integer(MqttPropertyType.WILDCARD_SUBSCRIPTION_AVAILABLE, 0));
    properties.add(integer(MqttPropertyType.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0));
    properties.add(integer(MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE, 0));
    if (wasNameless) {
      properties.add(
          new StringProperty(MqttPropertyType.ASSIGNED_CLIENT_IDENTIFIER.value(), clientId));
    }
    return properties;
  }

  /** A reason string for people, if the client wants one. */
  MqttProperties explained(String why) {
    if (why.isEmpty() || !wantsReasons) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    properties.add(
        new StringProperty(
            MqttPropertyType.REASON_STRING.value(),
            why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why));
    return properties;
  }

  MqttConnectReturnCode identifierRefused() {
    return speaksMqtt5()
        ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
        : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
  }

  MqttConnectReturnCode full() {
    return speaksMqtt5()
        ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY
        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
  }

  MqttConnectReturnCode unavailable() {
    return speaksMqtt5()
        ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
  }

  MqttConnectReturnCode wrongPassword() {
    return speaksMqtt5()
        ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
        : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
  }

  MqttConnectReturnCode notAuthorized() {
    return speaksMqtt5()
        ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
        : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
  }

  private static IntegerProperty integer(MqttPropertyType type, int value) {
    return new IntegerProperty(type.value(), value);
  }

  static int integer(MqttProperties properties, MqttPropertyType type, int otherwise) {
    return properties.getProperty(type.value()) instanceof IntegerProperty given
        ? given.value()
        : otherwise;
  }

  private static String printable(String name) {
    StringBuilder printable = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c)
        .limit(64)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
