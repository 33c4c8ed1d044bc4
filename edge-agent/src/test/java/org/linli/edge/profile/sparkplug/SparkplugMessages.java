package org.linli.edge.profile.sparkplug;

import static org.linli.edge.profile.TestProfiles.events;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** Publishes the payloads that Eclipse Tahu made. */
abstract class SparkplugMessages {

  private static final Properties PAYLOADS = new Properties();
  static final String NODE = "spBv1.0/plant/%s/node-1";
  static final String DEVICE = "spBv1.0/plant/%s/node-1/sensor-1";

  static {
    try (InputStream in =
        Objects.requireNonNull(
            SparkplugMessages.class.getResourceAsStream("payloads.properties"))) {
      PAYLOADS.load(in);
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }

  final TestProfiles profiles =
      TestProfiles.of(new SparkplugProfile(new SparkplugSettings(Map.of())));

  Interpreted node(String type, String payload) {
    return profiles.published(NODE.formatted(type), bytes(payload));
  }

  Interpreted device(String type, String payload) {
    return profiles.published(DEVICE.formatted(type), bytes(payload));
  }

  static byte[] bytes(String payload) {
    return HexFormat.of().parseHex(PAYLOADS.getProperty(payload));
  }

  static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }
}
