package org.linli.edge.profile.chirpstack;

import static org.linli.edge.profile.TestProfiles.events;

import java.util.List;
import java.util.Map;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.EventId;

/** Sensors behind ChirpStack, and what they send. */
abstract class SensorTests {

  final TestProfiles profiles =
      with(
          Map.of(
              "TBWL100/status", "water",
              "TBDW100/status", "door",
              "TBPB100/status", "sos",
              "GS524N/event", "smoke",
              "0102/gpio", "gas",
              "lpp/digital-input.3", "water"));

  int uplinks;

  static TestProfiles with(Map<String, String> sensors) {
    return TestProfiles.of(
        new ChirpStackProfile(
            new ChirpStackSettings("", 20, Map.of("lpp", "cayenne-lpp"), sensors)));
  }

  static String quoted(String value) {
    return value.replace('\'', '"');
  }

  Interpreted uplink(String eui, String profile, String field, String value) {
    return sent(eui, profile, "{\"" + field + "\":" + value + "}");
  }

  Interpreted sent(String eui, String profile, String object) {
    return said("d-" + ++uplinks, eui, profile, object);
  }

  Interpreted said(String id, String eui, String profile, String object) {
    return profiles.published(
        "application/a/device/" + eui + "/event/up",
        "{\"deduplicationId\":\"%s\",\"deviceInfo\":{\"deviceProfileName\":\"%s\"},\"fPort\":2,\"object\":%s}"
            .formatted(id, profile, object));
  }

  static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }

  static List<String> ids(Interpreted interpreted) {
    return events(interpreted).stream()
        .map(event -> event.givenId().map(EventId::value).orElse(""))
        .toList();
  }
}
