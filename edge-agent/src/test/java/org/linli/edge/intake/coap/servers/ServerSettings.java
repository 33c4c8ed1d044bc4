package org.linli.edge.intake.coap.servers;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of one server that a test reads. */
final class ServerSettings {

  private ServerSettings() {}

  /**
   * @param uri of the server
   * @param settings in addition, by the key behind {@code linli.coap}; without a value to leave one
   *     out
   */
  static CoapServersSettings of(String uri, String... settings) {
    Map<String, String> set = new HashMap<>();
    set.put("linli.coap.first-pause", "50ms");
    set.put("linli.coap.longest-pause", "200ms");
    set.put("linli.coap.servers[0].uri", uri);
    set.put("linli.coap.servers[0].device", "box-1");
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      set.put("linli.coap." + parts[0], parts[1]);
    }
    set.values().removeIf(String::isEmpty);
    return binder(set).bindOrCreate("linli.coap", CoapServersSettings.class);
  }

  static Binder binder(Map<String, String> set) {
    return new Binder(new MapConfigurationPropertySource(set));
  }
}
