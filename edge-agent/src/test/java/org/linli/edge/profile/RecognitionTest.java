package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Values;

/** door-1's hardware was replaced by what calls itself d-9; box-1 is registered by its own name. */
class RecognitionTest {

  private static final DeviceId DOOR = new DeviceId("door-1");

  private final List<UnregisteredDevice> met = new ArrayList<>();
  private final KnownDevices known =
      new KnownDevices() {
        @Override
        public Optional<Subject> at(String profile, String address) {
          return address.equals("d-9")
              ? Optional.of(new Subject(DOOR, Kind.ACCESS))
              : Optional.empty();
        }

        @Override
        public Optional<Kind> kindOf(DeviceId device) {
          return device.equals(DOOR) || device.value().equals("box-1")
              ? Optional.of(Kind.ACCESS)
              : Optional.empty();
        }

        @Override
        public DeviceId heardAs(String profile, DeviceId named) {
          return named.equals(DOOR) ? new DeviceId("door-1@" + profile) : named;
        }

        @Override
        public int generationOf(DeviceId device) {
          return device.equals(DOOR) ? 2 : 1;
        }

        @Override
        public void met(UnregisteredDevice device) {
          met.add(device);
        }
      };
  private final TestProfiles profiles = TestProfiles.of(known, new Boxes("boxes"));

  private DeviceEvent opened(String device) {
    return events(
            profiles.published(
                "linli/access/" + device, "{\"type\":\"door.opened\",\"id\":\"17\"}"))
        .getFirst();
  }

  @Test
  void theNewHardwareIsTheDeviceAndItsIdsAreNotThoseOfTheOld() {
    DeviceEvent event = opened("d-9");

    assertThat(event.device()).isEqualTo(DOOR);
    assertThat(event.id()).isEqualTo(new EventId("2#17"));
    assertThat(met).isEmpty();
  }

  @Test
  void theOldHardwareGoesByItsNameAndProfileAndIsAStranger() {
    DeviceEvent event = opened("door-1");

    assertThat(event.device()).isEqualTo(new DeviceId("door-1@linli"));
    assertThat(event.id()).isEqualTo(new EventId("17"));
    assertThat(met)
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.profile()).isEqualTo("linli");
              assertThat(device.address()).isEqualTo("door-1");
              assertThat(device.kindFrom()).isEqualTo(KindFrom.ADDRESS);
              assertThat(device.last().device()).isEqualTo(new DeviceId("door-1@linli"));
            });
  }

  @Test
  void whoIsRegisteredByItsOwnNameIsLeftAsItIs() {
    assertThat(opened("box-1").id()).isEqualTo(new EventId("17"));
    assertThat(met).isEmpty();
  }

  @Test
  void anIdTooLongForTheNumberIsHashedAndStaysOne() {
    EventId longest = new EventId("x".repeat(EventId.MAX_LENGTH));

    assertThat(Recognition.ofHardware(2, longest))
        .isEqualTo(Recognition.ofHardware(2, longest))
        .isNotEqualTo(Recognition.ofHardware(3, longest));
    assertThat(Recognition.ofHardware(2, longest).value()).startsWith("2#").hasSize(66);
  }

  @Test
  void holdsForAProfileAndThePartsOfADeviceAsForLinliJson() {
    assertThat(posted("door-1").getFirst().device()).isEqualTo(new DeviceId("door-1@boxes"));
    assertThat(posted("door-1").getLast().device()).isEqualTo(new DeviceId("door-1@boxes:3"));
    assertThat(met).extracting(UnregisteredDevice::address).contains("door-1", "door-1:3");
    met.clear();

    assertThat(posted("d-9").getFirst().device()).isEqualTo(DOOR);
    assertThat(posted("d-9").getFirst().kind()).isEqualTo(Kind.ACCESS);
    assertThat(posted("d-9").getLast().device()).isEqualTo(new DeviceId("door-1:3"));
    assertThat(met).extracting(UnregisteredDevice::address).containsOnly("d-9:3");
    assertThat(met.getFirst().kindFrom()).isEqualTo(KindFrom.PROFILE);
  }

  @Test
  void whoSaysNothingCostsNoLookThroughTheEventsOfTheOthers() throws Unreadable {
    Recognition recognition = new Recognition(KnownDevices.NONE);
    MessageReading fewEvents = silentBeside(1);
    MessageReading manyEvents = silentBeside(MessageReading.MAX_EVENTS);

    long few = leastTime(() -> recognition.read(fewEvents));
    long many = leastTime(() -> recognition.read(manyEvents));

    assertThat(many).as("ns, beside %s ns with one event", few).isLessThan(10 * few);
  }

  /** 20,000 devices that are named and say nothing, and others that say one thing each. */
  private static MessageReading silentBeside(int events) throws Unreadable {
    MessageReading reading =
        new MessageReading(
            "boxes",
            KnownDevices.NONE,
            KnownStates.untilTheEnd(KnownDevices.NONE),
            null,
            null,
            TestProfiles.RECEIVED,
            false);
    for (int i = 0; i < 20_000; i++) {
      reading.device("silent-" + i, Kind.CAMERA);
    }
    for (int i = 0; i < events; i++) {
      reading.happened(
          reading.device("box-" + i, Kind.CAMERA), EventType.MEASUREMENT, null, Values.NONE);
    }
    return reading;
  }

  /** Of the processor, so that nothing else that runs counts. */
  private static long leastTime(Runnable work) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long began = thread.getCurrentThreadCpuTime();
      work.run();
      least = Math.min(least, thread.getCurrentThreadCpuTime() - began);
    }
    return least;
  }

  private List<DeviceEvent> posted(String device) {
    return events(profiles.posted("boxes", device, "text/plain", new byte[0]));
  }

  /** A recorder: says something of itself and of its channel 3. */
  private record Boxes(String name) implements Profile {
    @Override
    public void read(Delivered message, MessageReading reading) throws Unreadable {
      for (String part : List.of("", "3")) {
        reading.happened(
            reading.device(part, Kind.CAMERA), EventType.MEASUREMENT, null, Values.NONE);
      }
    }
  }
}
