package org.linli.edge.intake.broker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CutPublish;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.program.mqtt.LargePublishes;

/**
 * Makes messages of a broker fit that are too large to be kept, as the MQTT door does (decision
 * 0066). The broker would throw away what is larger than it is told, and nobody would hear of it.
 * What was done to a message is a user property of it.
 *
 * @param kept how much of a packet is kept, in bytes
 * @param token in that property, which no publisher knows: it could add the property itself
 */
record LargeMessages(int kept, LifeSearch search, String token) implements LargePublishes {

  /** Less than a broker on a slow line sends in the time of a keep-alive. */
  private static final int MOST = 32 << 20;

  private static final String PROPERTY = "linli-cut";
  private static final String FITS = "fits ";
  private static final String BEGINNING = "beginning ";
  private static final Pattern DONE =
      Pattern.compile("([0-9a-f]+) (" + FITS + "|" + BEGINNING + ")([0-9]{1,9})");

  private static final int TOKEN_BYTES = 16;

  /** The fixed header, and the user property. */
  private static final int BESIDE = 96;

  LargeMessages(int kept, LifeSearch search) {
    this(kept, search, token(new SecureRandom()));
  }

  private static String token(SecureRandom random) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return HexFormat.of().formatHex(token);
  }

  /**
   * What was done to a message.
   *
   * @param size bytes of the packet that it came in
   * @param fits whether only pictures are missing; otherwise only its beginning is there
   */
  record Done(long size, boolean fits) {}

  @Override
  public long most() {
    return MOST;
  }

  @Override
  public Cut begin(byte first, int rest) {
    CutPublish publish = new CutPublish(first, rest, kept - BESIDE, true, search);
    return new Cut() {
      @Override
      public void take(byte[] chunk, int length) {
        publish.take(chunk, length);
      }

      @Override
      public byte @Nullable [] packet() {
        return publish.packet(PROPERTY, token + " " + (publish.fits() ? FITS : BEGINNING) + rest);
      }
    };
  }

  /** Why only the beginning of a message is there. */
  Refusal tooLarge(Done done) {
    return new Refusal(
        RefusalReason.TOO_LARGE,
        done.size() + " bytes, at most " + kept + " are taken (linli.broker.max-message-size)");
  }

  /** What was done to a message; null for nothing. */
  @Nullable Done done(MqttMessage message) {
    MqttProperties properties = message.getProperties();
    List<UserProperty> all = properties == null ? List.of() : properties.getUserProperties();
    // The last one: others have come with the message.
    UserProperty last = all.isEmpty() ? null : all.getLast();
    if (last == null || !PROPERTY.equals(last.getKey())) {
      return null;
    }
    Matcher value = DONE.matcher(last.getValue());
    return value.matches() && value.group(1).equals(token)
        ? new Done(Long.parseLong(value.group(3)), value.group(2).equals(FITS))
        : null;
  }
}
