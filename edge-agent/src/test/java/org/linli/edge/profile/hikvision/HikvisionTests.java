package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.edge.profile.format.AttachedPictures;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;

/** A camera or door controller of Hikvision, and what it posts. */
abstract class HikvisionTests {

  static final String TIME = "2026-11-23T13:16:00+08:00";
  static final Duration YEAR = Duration.ofDays(365);
  static final long SECOND = 1_000_000_000;

  /** Nanoseconds that the program has run. */
  final AtomicLong ran = new AtomicLong();

  final TestProfiles profiles = profiles(false, TestPictures.none());

  EventId id(String body) {
    return one(post(body)).givenId().orElseThrow();
  }

  Interpreted post(String body) {
    return profiles.posted("hikvision", "cam-1", "application/xml", body.getBytes(UTF_8));
  }

  static DeviceEvent one(Interpreted interpreted) {
    List<DeviceEvent> events = events(interpreted);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  TestProfiles profiles(boolean people, AttachedPictures pictures) {
    return TestProfiles.of(
        new HikvisionProfile(
            new HikvisionSettings(Set.of("recorder-1"), people, false),
            pictures,
            new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of()),
            ran::get));
  }

  static String alert(String type, String state) {
    return """
    <EventNotificationAlert version="2.0">
    <channelID>1</channelID><dateTime>%s</dateTime><activePostCount>1</activePostCount>
    <eventType>%s</eventType><eventState>%s</eventState>
    </EventNotificationAlert>\
    """
        .formatted(TIME, type, state);
  }

  static String access(int major, int sub) {
    return """
    {"dateTime":"%s","eventType":"AccessControllerEvent","eventState":"active",
    "AccessControllerEvent":{"majorEventType":%d,"subEventType":%d,"cardNo":"1953862610",
    "name":"Li Hua","employeeNoString":"E-17","serialNo":7001,"doorNo":1}}\
    """
        .formatted(TIME, major, sub);
  }
}
