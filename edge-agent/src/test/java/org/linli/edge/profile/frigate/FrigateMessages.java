package org.linli.edge.profile.frigate;

import java.util.List;
import java.util.Objects;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;

/** What Frigate publishes, for tests. */
final class FrigateMessages {

  private FrigateMessages() {}

  static final FrigateSettings USUAL =
      new FrigateSettings("frigate", List.of("person"), List.of(), false, false);

  static TestProfiles with(FrigateSettings settings) {
    return TestProfiles.of(new FrigateProfile(settings));
  }

  static String review(String severity, String objects, String zones) {
    return """
    {"type":"update","before":{},"after":{"id":"1795410960.5-r1","camera":"gate",
    "start_time":1795410960.5,"end_time":null,"severity":"%s","data":{"detections":["x"],
    "objects":[%s],"sub_labels":["Bob"],"zones":[%s],"audio":[]}}}\
    """
        .formatted(severity, objects, zones);
  }

  static String tracked(String more) {
    return """
    {"type":"update","before":{},"after":{"id":"1795410960.5-o1","camera":"front door",
    "label":"car","top_score":0.9,"start_time":1795410960.25,"sub_label":["Bob",0.9],
    "recognized_license_plate":"京A12345","entered_zones":["yard","drive"]%s}}\
    """
        .formatted(more);
  }

  static String id(DeviceEvent event) {
    return Objects.requireNonNull(event.givenId().map(EventId::value).orElse(null));
  }
}
