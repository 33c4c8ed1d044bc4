package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** Whose dead letter it is, whatever door and profile it came by. */
class SendersTest {

  /** A profile that reads none of its messages. */
  private record Blind(String name, List<String> topics) implements Profile {

    @Override
    public void read(Delivered message, MessageReading reading) throws Unreadable {
      throw new Unreadable(RefusalReason.NOT_JSON, "line 1, column 1");
    }
  }

  /**
   * One device.
   *
   * @param registeredFor the profile under which its name is registered
   */
  private record One(String registeredFor, String name) implements KnownDevices {

    private static final DeviceId DEVICE = new DeviceId("bed-1");

    @Override
    public Optional<Subject> at(String profile, String address) {
      return profile.equals(registeredFor) && address.equals(name)
          ? Optional.of(new Subject(DEVICE, Kind.CARE))
          : Optional.empty();
    }

    @Override
    public Optional<Kind> kindOf(DeviceId device) {
      return device.equals(DEVICE) ? Optional.of(Kind.CARE) : Optional.empty();
    }
  }

  private static TestProfiles profiles(KnownDevices known) {
    return TestProfiles.of(
        known,
        new Blind("zigbee2mqtt", List.of("zigbee2mqtt/#")),
        new Blind("tasmota", List.of("tele/#", "stat/#")),
        new Blind("chirpstack", List.of("application/+/device/+/event/+")),
        new Blind("sparkplug", List.of("spBv1.0/#")),
        new Blind("thingsboard", List.of("v1/devices/me/#")),
        new Blind("platecamera", List.of("device/+/message/up/+")),
        new Blind("senml", List.of()),
        new Blind("hikvision", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "zigbee2mqtt, hall/smoke 2, zigbee2mqtt/hall/smoke 2",
    "zigbee2mqtt, hall/smoke 2, zigbee2mqtt/hall/smoke 2/availability",
    "tasmota, flat-9, tele/flat-9/SENSOR",
    "chirpstack, 24e124136b502217, application/1/device/24e124136b502217/event/up",
    "sparkplug, home/node-7, spBv1.0/home/NDATA/node-7",
    "sparkplug, home/node-7/pump, spBv1.0/home/DDATA/node-7/pump",
    "thingsboard, client-1, v1/devices/me/telemetry",
    "platecamera, 7c:11, device/7c:11/message/up/ivs_result",
    "linli, pendant 4, linli/care/pendant 4",
    "linli, client-1, invented/topic",
    "linli, bed-1, invented/bed-1/up",
  })
  void findsWhoPublished(String profile, String name, String topic) {
    assertThat(about(profiles(new One(profile, name)).published(topic, "{"))).isEqualTo(One.DEVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "hikvision, cam-4, /intake/hikvision/cam-4",
    "hikvision, cam-4, intake/hikvision/cam-4",
    "linli, pendant-4, /linli/care/pendant-4",
    "linli, pendant-4, linli/care/pendant-4",
    "senml, pendant-4, linli/care/pendant-4",
    "zigbee2mqtt, hall/smoke, zigbee2mqtt/hall/smoke",
  })
  void findsWhoseMessageADoorRefused(String profile, String name, String path) {
    assertThat(about(profiles(new One(profile, name)).sent(tooLarge(new Address.Topic(path, "")))))
        .isEqualTo(One.DEVICE);
  }

  @ParameterizedTest
  @CsvSource({"LINLI_JSON, linli", "SENML_JSON, senml", "SENML_CBOR, senml"})
  void findsWhoAddressedItself(Address.Format format, String profile) {
    assertThat(
            about(
                profiles(new One(profile, "pendant-4"))
                    .sent(new Address.Device(format, "care", "pendant-4"), new byte[] {'{'})))
        .isEqualTo(One.DEVICE);
  }

  @Test
  void findsWhoPostedToAProfile() {
    assertThat(
            about(
                profiles(new One("hikvision", "cam-4"))
                    .posted("hikvision", "cam-4", "", new byte[] {'{'})))
        .isEqualTo(One.DEVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "zigbee2mqtt, hall, tele/hall/SENSOR",
    "hikvision, cam-4, /intake/onvif/cam-4",
    "linli, pendant-4, a/b/c/d/e/f/g",
    "linli, pendant-4, ''",
  })
  void namesNobodyElse(String profile, String name, String topic) {
    assertThat(about(profiles(new One(profile, name)).sent(tooLarge(new Address.Topic(topic, "")))))
        .isNull();
  }

  private static Message tooLarge(Address address) {
    return Message.unreadable(
            "http://192.0.2.7",
            "{".getBytes(StandardCharsets.UTF_8),
            Instant.EPOCH,
            new Refusal(RefusalReason.TOO_LARGE, "9 bytes, at most 8 are taken"),
            TestProfiles.NOBODY)
        .sentTo(address);
  }

  private static @Nullable DeviceId about(Interpreted read) {
    return ((Interpreted.Refused) read).about();
  }
}
