package org.linli.edge.uplink;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings as they are bound where somebody sets some. */
final class TestSettings {

  /** Everything that waits does so for a shorter time than it does for users. */
  private static final Map<String, String> QUICK =
      Map.of(
          "linli.uplink.batch-events", "50",
          "linli.uplink.linger", "5ms",
          "linli.uplink.first-pause", "20ms",
          "linli.uplink.longest-pause", "200ms",
          "linli.uplink.refused-pause", "100ms",
          "linli.uplink.taken-over-pause", "100ms",
          "linli.uplink.receipt-wait", "500ms",
          "linli.uplink.rejected-pause", "500ms",
          "linli.uplink.keep-alive", "2s");

  private TestSettings() {}

  static UplinkSettings defaults() {
    return with(Map.of());
  }

  static UplinkSettings quick(Map<String, String> but) {
    Map<String, String> set = new HashMap<>(QUICK);
    set.putAll(but);
    return with(set);
  }

  static UplinkSettings with(Map<String, String> set) {
    return new Binder(new MapConfigurationPropertySource(set))
        .bindOrCreate("linli.uplink", UplinkSettings.class);
  }
}
