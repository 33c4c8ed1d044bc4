package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.linli.LinliJson;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;

class ProfilesTest {

  private static final EventType OPENED = new EventType("door.opened");
  private static final EventType CLOSED = new EventType("door.closed");
  private static final KnownDevices METER =
      new KnownDevices() {
        @Override
        public Optional<Subject> at(String profile, String address) {
          return profile.equals("boxes") && address.equals("cellar/1")
              ? Optional.of(new Subject(new DeviceId("meter-1"), Kind.POWER))
              : Optional.empty();
        }

        @Override
        public Optional<Kind> kindOf(DeviceId device) {
          if (device.value().equals("poison")) {
            throw new IllegalStateException("a defect");
          }
          return device.value().equals("meter-2") ? Optional.of(Kind.POWER) : Optional.empty();
        }
      };

  private final Boxes boxes = new Boxes();

  /** Doors that tell their state in every message. */
  private static final class Boxes implements Profile {

    private final Changes changes = new Changes();

    @Override
    public String name() {
      return "boxes";
    }

    @Override
    public List<String> topics() {
      return List.of("boxes/#");
    }

    @Override
    public void read(Delivered message, MessageReading reading) throws Unreadable {
      JsonNode json = Json.object(message.payload());
      if (json.has("bug")) {
        throw new IllegalStateException("a defect");
      }
      if (json.has("hello")) {
        reading.passOver();
        return;
      }
      String name = message.topic().isEmpty() ? "" : message.topic().substring("boxes/".length());
      Subject box = reading.device(name, Kind.ENVIRONMENT);
      Instant time = json.has("at") ? Instant.ofEpochMilli(json.get("at").longValue()) : null;
      reading.measured(box, time, new ValueCollector().putAll(json).inParts());
      if (json.has("knock")) {
        reading.happened(box, new EventType("door.knocked"), time, Values.NONE);
      }
      if (json.has("alarm")
          && changes.isChange(
              reading, box, "alarm", json.get("alarm"), reading.wasRetained() ? time : null)) {
        reading.happened(box, new EventType("box.alarm"), time, Values.NONE);
      }
      if (json.has("open") && changes.isChange(reading, box, "open", json.get("open"))) {
        reading.happened(box, json.get("open").asBoolean() ? OPENED : CLOSED, time, Values.NONE);
      }
      if (json.has("fault")) {
        throw new Unreadable(RefusalReason.BAD_FIELD, "fault: is not for us");
      }
    }
  }

  /** Only HTTP has a header that says so. */
  @Test
  void namesGzipWhereNobodyUndidIt() {
    byte[] gzip = HexFormat.of().parseHex("1f8b08000000000000ff");

    assertThat(TestProfiles.refusal(TestProfiles.of(boxes).published("boxes/cellar", gzip)))
        .isEqualTo(
            new Refusal(
                RefusalReason.UNSUPPORTED_FORMAT,
                "the payload is compressed with gzip: send it as it is, or over HTTP with"
                    + " Content-Encoding: gzip"));
  }

  /** GBK may begin with the same byte. */
  @Test
  void namesCborThatNothingSaysToBeCbor() {
    TestProfiles profiles = TestProfiles.of(boxes);
    byte[] cbor = HexFormat.of().parseHex("a1647479706566612e62616e67");

    assertThat(TestProfiles.refusal(profiles.published("boxes/cellar", cbor)))
        .matches(refusal -> refusal.reason() == RefusalReason.UNSUPPORTED_FORMAT)
        .matches(refusal -> refusal.detail().startsWith("the payload looks like CBOR"));
    assertThat(
            TestProfiles.refusal(
                    profiles.published("boxes/cellar", Arrays.copyOf(cbor, cbor.length - 1)))
                .reason())
        .isNotEqualTo(RefusalReason.UNSUPPORTED_FORMAT);
  }

  @Test
  void namesEquipmentAsItDoesItselfUntilItIsRegistered() {
    TestProfiles nobody = TestProfiles.of(boxes);
    TestProfiles known = TestProfiles.of(METER, boxes);

    assertThat(events(nobody.published("boxes/cellar/1", "{\"v\":1}")))
        .extracting(event -> event.device().value(), DeviceEvent::kind)
        .containsExactly(tuple("cellar:1", Kind.ENVIRONMENT));
    assertThat(events(known.published("boxes/cellar/1", "{\"v\":1}")))
        .extracting(event -> event.device().value(), DeviceEvent::kind)
        .containsExactly(tuple("meter-1", Kind.POWER));
    assertThat(
            events(
                known.posted("boxes", "meter-2", "", "{\"v\":1}".getBytes(StandardCharsets.UTF_8))))
        .extracting(event -> event.device().value(), DeviceEvent::kind)
        .containsExactly(tuple("meter-2", Kind.POWER));
  }

  @Test
  void believesADeviceTimeThatCanBe() {
    Instant earlier = RECEIVED.minus(Duration.ofDays(3));
    Instant tooEarly = RECEIVED.minus(Duration.ofDays(36));
    TestProfiles profiles = TestProfiles.of(boxes);

    DeviceEvent believed =
        events(profiles.published("boxes/a", "{\"at\":" + earlier.toEpochMilli() + "}")).getFirst();
    DeviceEvent unbelieved =
        events(profiles.published("boxes/a", "{\"at\":" + tooEarly.toEpochMilli() + "}"))
            .getFirst();
    assertThat(believed.time()).isEqualTo(earlier);
    assertThat(unbelieved.time()).isEqualTo(RECEIVED);
    assertThat(unbelieved.deviceTime()).isEqualTo(tooEarly);
  }

  @Test
  void tellsAStateOnceUntilItChanges() {
    TestProfiles profiles = TestProfiles.of(boxes);

    assertThat(types(profiles.published("boxes/a", "{\"open\":true}")))
        .containsExactly("measurement", "door.opened");
    assertThat(types(profiles.published("boxes/a", "{\"open\":true}")))
        .containsExactly("measurement");
    assertThat(types(profiles.published("boxes/b", "{\"open\":true}")))
        .containsExactly("measurement", "door.opened");
    assertThat(types(profiles.published("boxes/a", "{\"open\":false}")))
        .containsExactly("measurement", "door.closed");
  }

  @Test
  void tellsAStateAgainThatCouldNotBeKept() {
    TestProfiles profiles = TestProfiles.of(boxes);

    profiles.published("boxes/a", "{\"open\":true}").notKept();
    assertThat(types(profiles.published("boxes/a", "{\"open\":true}")))
        .containsExactly("measurement", "door.opened");

    refusal(profiles.published("boxes/a", "{\"open\":false,\"fault\":1}"));
    assertThat(types(profiles.published("boxes/a", "{\"open\":false}")))
        .containsExactly("measurement", "door.closed");
  }

  @Test
  void makesNoAlarmOfWhatABrokerKeptForTooLong() {
    Profiles profiles = TestProfiles.profiles(KnownDevices.NONE, boxes);
    long lastYear = RECEIVED.minus(Duration.ofDays(365)).toEpochMilli();
    long neverSet = Instant.parse("2000-01-01T00:03:00Z").toEpochMilli();
    String open = "{\"open\":true,\"at\":%d}";

    List<DeviceEvent> old = events(profiles.interpret(retained("boxes/a", open, lastYear)));
    assertThat(old)
        .extracting(event -> event.type().value())
        .containsOnly("measurement")
        .hasSize(2);
    assertThat(old.getLast().values().find("retained")).contains(new Value.Text("door.opened"));
    assertThat(old.getLast().deviceTime()).isEqualTo(Instant.ofEpochMilli(lastYear));
    assertThat(types(TestProfiles.of(boxes).published("boxes/a", open.formatted(lastYear))))
        .as("of a device that says it now, by a clock that is wrong")
        .containsExactly("measurement", "door.opened");

    assertThat(types(profiles.interpret(retained("boxes/b", open, RECEIVED.toEpochMilli()))))
        .as("of today")
        .containsExactly("measurement", "door.opened");
    assertThat(types(profiles.interpret(retained("boxes/c", open, neverSet))))
        .as("of a clock that was never set")
        .containsExactly("measurement", "door.opened");
    assertThat(types(profiles.interpret(retained("boxes/d", "{\"open\":true}", 0))))
        .as("of unknown age")
        .containsExactly("measurement", "door.opened");
  }

  @Test
  void tellsAStateAgainThatABrokerHadKeptForTooLongOnceTheDeviceSaysIt() {
    TestProfiles profiles = TestProfiles.of(boxes);
    long lastYear = RECEIVED.minus(Duration.ofDays(365)).toEpochMilli();

    events(profiles.sent(retained("boxes/a", "{\"open\":true,\"at\":%d}", lastYear)));
    assertThat(types(profiles.published("boxes/a", "{\"open\":true}")))
        .containsExactly("measurement", "door.opened");
  }

  /** What it says may be so: the door may have been closed since it was known to be open. */
  @Test
  void anOldStateThatABrokerHadKeptSwallowsNoAlarm() {
    TestProfiles profiles = TestProfiles.of(boxes);
    long lastYear = RECEIVED.minus(Duration.ofDays(365)).toEpochMilli();

    assertThat(types(profiles.published("boxes/a", "{\"open\":true,\"alarm\":true}")))
        .containsExactly("measurement", "box.alarm", "door.opened");
    String before = "{\"open\":false,\"alarm\":false,\"knock\":1,\"at\":%d}";
    assertThat(types(profiles.sent(retained("boxes/a", before, lastYear))))
        .containsExactly("measurement", "measurement", "measurement");
    assertThat(types(profiles.published("boxes/a", "{\"open\":true,\"alarm\":true}")))
        .containsExactly("measurement", "box.alarm", "door.opened");
    assertThat(types(profiles.published("boxes/a", "{\"open\":true,\"alarm\":true}")))
        .containsExactly("measurement");
  }

  private static Message retained(String topic, String payload, long at) {
    return new Message(
            "test://x",
            Address.published(topic, ""),
            payload.formatted(at).getBytes(StandardCharsets.UTF_8),
            RECEIVED,
            TestProfiles.NOBODY)
        .with(Origin.RETAINED, null);
  }

  @Test
  void passesOnWhatADoorRefused() {
    Refusal refusal = new Refusal(RefusalReason.TOO_LARGE, "too large");

    assertThat(
            refusal(
                TestProfiles.profiles(KnownDevices.NONE)
                    .interpret(
                        Message.unreadable(
                            "http://x", new byte[] {1}, RECEIVED, refusal, TestProfiles.NOBODY))))
        .isSameAs(refusal);
  }

  @Test
  void isNeverSilent() {
    TestProfiles profiles = TestProfiles.of(boxes);

    assertThat(profiles.published("boxes/a", "{\"hello\":1}"))
        .isInstanceOf(Interpreted.PassedOver.class);
    assertThat(refusal(profiles.published("boxes/a", "{}")).reason())
        .isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(refusal(profiles.published("boxes/a", "{\"bug\":1}")))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.PROFILE_FAILED);
              assertThat(refusal.detail()).contains("boxes", "a defect");
            });
    assertThat(refusal(profiles.published("somewhere/else", "{}")).reason())
        .isEqualTo(RefusalReason.UNKNOWN_ADDRESS);
    assertThat(refusal(profiles.posted("box", "a", "", new byte[0])).detail())
        .isEqualTo("there is no profile box; there are boxes");
  }

  @Test
  void refusesWhatItFailsOnSoThatItsDeviceDoesNotSendItForEver() {
    TestProfiles profiles = TestProfiles.of(METER, boxes);
    assertThat(
            refusal(
                profiles.sent(
                    new Address.Device(Address.Format.LINLI_JSON, "access", "poison"),
                    "{\"type\":\"door.opened\"}".getBytes(StandardCharsets.UTF_8))))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.PROFILE_FAILED);
              assertThat(refusal.detail()).contains("linli", "a defect");
            });
  }

  @Test
  void doesNotBeginWithTwoProfilesForOneTopicOrAnUnknownOneOff() {
    assertThatThrownBy(() -> TestProfiles.of(boxes, new Boxes()))
        .hasMessage("There are two profiles boxes");
    assertThatThrownBy(
            () ->
                new Profiles(
                    List.of(boxes),
                    new LinliJson(),
                    KnownDevices.NONE,
                    new ProfileSettings(ZoneOffset.UTC, List.of("boxen")),
                    new SimpleMeterRegistry()))
        .hasMessage("linli.profile.off has 'boxen', which is none of boxes");
  }

  @Test
  void fitsValuesToWhatAnEventMayHave() throws Exception {
    JsonNode json =
        Json.read(
            """
            {"a b":1,"a_b":2,"n":{"x":[true,null,1.5]},"big":12345678901234567890,"t":"%s"}\
            """
                .formatted("x".repeat(2_000))
                .getBytes(StandardCharsets.UTF_8));

    Values values = new ValueCollector().putAll(json).first();
    assertThat(values.byName().keySet())
        .containsExactly("a_b", "a_b-2", "n.x.0", "n.x.2", "big", "t");
    assertThat(values.find("t")).contains(new Value.Text("x".repeat(1_023) + "…"));
    assertThat(values.find("big")).contains(new Value.Real(1.2345678901234567e19));
    ValueCollector many = new ValueCollector();
    for (int i = 0; i < 300; i++) {
      many.put("v" + i, i);
    }
    assertThat(many.inParts()).extracting(Values::size).containsExactly(128, 128, 44);
    assertThat(new ValueCollector().put("n".repeat(80), 1).put("n".repeat(81), 1).first().byName())
        .hasSize(2)
        .allSatisfy((name, value) -> assertThat(name).hasSize(64));
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }
}
