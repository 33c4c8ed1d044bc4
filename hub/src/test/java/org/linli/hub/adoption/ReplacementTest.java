package org.linli.hub.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.RegisteredDevice;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

/** New hardware behind a device. */
class ReplacementTest extends AdoptionOnRecords {

  @Test
  void newHardwareTakesTheDevicesNameAndTheOldOneLosesIt() {
    report(null, heard("attic/leak", 6));

    Device device =
        done(
            adoption.replace(
                key(new DeviceId("door-1")),
                new NewHardware("attic:leak", null, null, null),
                ZHOU));

    assertThat(device.equipment()).isNotNull();
    assertThat(toldOf("door-1").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "attic/leak", 2));
    assertThat(
            TestCommunities.only(registry)
                .findDevice(new DeviceId("attic:leak"))
                .orElseThrow()
                .id()
                .value())
        .isEqualTo("door-1");
    assertThat(unregistered.all()).isEmpty();
    assertThat(adoption.changes(key(new DeviceId("door-1"))).getLast().detail())
        .isEqualTo(
            "hardware 2, attic/leak of zigbee2mqtt by gateway-1, in place of door-1 by gateway-1");
    done(
        adoption.replace(
            key(new DeviceId("door-1")), new NewHardware(null, null, "linli", "d-9"), ZHOU));
    assertThat(toldOf("door-1").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("linli", "d-9", 3));
    assertThat(TestCommunities.only(registry).findDevice(new DeviceId("attic:leak")))
        .as("the old hardware is nobody's")
        .isEmpty();
  }

  @Test
  void refusesAReplacementThatIsNoneOrAnothersAndNamesTheField() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, CELLAR));
    DeviceId door = new DeviceId("door-1");

    assertThat(
            adoption.replace(key(new DeviceId("x")), new NewHardware("y", null, null, null), ZHOU))
        .isInstanceOf(RegistryOutcome.NotFound.class);
    assertThat(
            field(adoption.replace(key(door), new NewHardware("nobody", null, null, null), ZHOU)))
        .isEqualTo("with");
    assertThat(field(adoption.replace(key(door), new NewHardware(null, null, null, null), ZHOU)))
        .isEqualTo("profile");
    assertThat(field(adoption.replace(key(door), new NewHardware(null, null, "linli", null), ZHOU)))
        .isEqualTo("address");
    assertThat(field(adoption.replace(key(door), new NewHardware(null, "g9", "linli", "d"), ZHOU)))
        .isEqualTo("gateway");
    assertThat(
            adoption.replace(
                key(door), new NewHardware(null, null, "zigbee2mqtt", "cellar/leak"), ZHOU))
        .isEqualTo(
            new RegistryOutcome.Conflict(
                "address",
                "cellar/leak of zigbee2mqtt is the hardware of device cellar:leak already."));
    assertThat(adoption.replace(key(LEAK), new NewHardware(null, null, "linli", "door-1"), ZHOU))
        .isEqualTo(
            new RegistryOutcome.Conflict(
                "address", "What calls itself door-1 is the registered device door-1."));
  }

  @Test
  void hardwareOfADeviceThatTheFileDroppedCanBeAnothersAgain() {
    report(null, heard("cellar/leak", 5));
    done(
        adoption.replace(
            key(new DeviceId("door-1")), new NewHardware("cellar:leak", null, null, null), ZHOU));
    start(SECTIONS.replaceFirst("devices: .*\n", ""));
    assertThat(TestCommunities.only(registry).devices()).isEmpty();
    report(null, heard("cellar/leak", 6));

    done(adopt(LEAK, CELLAR));

    assertThat(toldOf("cellar:leak").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1));
  }

  @Test
  void theOldGatewayIsToldWhenTheHardwareIsAtAnotherNow() {
    GatewayId other = new GatewayId("gateway-2");
    start(
        new Registry(
            List.of(
                new CommunityPlan(
                    TestCommunities.only(registry).community(),
                    TestCommunities.only(registry).grids(),
                    TestCommunities.only(registry).buildings(),
                    List.of(new Gateway(GATEWAY, "b1"), new Gateway(other, "b1")),
                    TestCommunities.only(registry).devices(),
                    List.of(),
                    List.of()))));

    done(
        adoption.replace(
            key(new DeviceId("door-1")),
            new NewHardware(null, other.value(), "linli", "d-9"),
            Author.of(new Actor.Account("王芳"))));

    assertThat(told().given().orElseThrow().elsewhere()).containsExactly(new DeviceId("door-1"));
    assertThat(
            TestCommunities.only(registry)
                .findDevice(new DeviceId("door-1"))
                .orElseThrow()
                .gateway())
        .isEqualTo(other);
  }
}
