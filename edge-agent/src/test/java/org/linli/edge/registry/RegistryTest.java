package org.linli.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.profile.Subject;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegisteredDevice.Equipment;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.codec.GatewayRegistryCodec;

class RegistryTest {

  private static final GatewayId ME = new GatewayId("gateway-1");
  private static final DeviceId DOOR = new DeviceId("door-1");

  @TempDir Path folder;

  private Registry registry;

  @BeforeEach
  void start() {
    registry = new Registry(new AgentSettings(folder, ME));
  }

  private static RegistryContent content(RegisteredDevice... devices) {
    return new RegistryContent(List.of(devices), List.of());
  }

  private static RegisteredDevice door(@Nullable Equipment equipment) {
    return new RegisteredDevice(DOOR, Kind.ACCESS, "大门", "Main door", equipment);
  }

  static byte[] told(GatewayId gateway, long epoch, long number, RegistryContent content) {
    return GatewayRegistryCodec.encode(registry(gateway, epoch, number, content));
  }

  private static GatewayRegistry registry(
      GatewayId gateway, long epoch, long number, RegistryContent content) {
    return new GatewayRegistry(
        gateway, new RegistryVersion(epoch, number, GatewayRegistryCodec.digest(content)), content);
  }

  private String version() {
    return registry.version().map(Object::toString).orElse("none");
  }

  @Test
  void goesByWhatTheHubToldAndStillDoesAfterARestart() {
    registry.heard(told(ME, 1, 3, content(door(new Equipment("linli", "d-9", 1)))));
    start();

    assertThat(version()).isEqualTo("1.3");
    assertThat(registry.at("linli", "d-9")).contains(new Subject(DOOR, Kind.ACCESS));
    assertThat(registry.kindOf(DOOR)).contains(Kind.ACCESS);
    assertThat(registry.find(DOOR).orElseThrow().nameEn()).isEqualTo("Main door");
    assertThat(registry.problem()).isEmpty();
  }

  @Test
  void anOlderVersionAgainOrOutOfOrderChangesNothing() {
    registry.heard(told(ME, 1, 3, content(door(null))));
    registry.heard(told(ME, 1, 2, content()));
    registry.heard(told(ME, 1, 3, content()));

    assertThat(version()).isEqualTo("1.3");
    assertThat(registry.kindOf(DOOR)).isPresent();
    assertThat(registry.problem()).isEmpty();
  }

  @Test
  void aHigherEpochIsNewerWhateverItsNumber() {
    registry.heard(told(ME, 1, 30, content(door(null))));
    registry.heard(told(ME, 2, 1, content()));

    assertThat(version()).isEqualTo("2.1");
    assertThat(registry.kindOf(DOOR)).isEmpty();
  }

  @Test
  void aVersionAloneIsTakenOverWhereNothingElseChanged() {
    registry.heard(told(ME, 1, 3, content(door(null))));
    registry.heard(
        GatewayRegistryCodec.encode(registry(ME, 1, 4, content(door(null))).versionAlone()));
    registry.heard(GatewayRegistryCodec.encode(registry(ME, 1, 5, content()).versionAlone()));

    assertThat(version()).isEqualTo("1.4");
    start();
    assertThat(version()).isEqualTo("1.4");
    assertThat(registry.kindOf(DOOR)).isPresent();
  }

  @Test
  void whatCannotBeUsedLeavesTheOneBeforeAndIsSaid() {
    registry.heard(told(ME, 1, 3, content(door(null))));
    for (byte[] bad :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3},
            new byte[10 * 1024 * 1024],
            Zstd.compress(new byte[] {8, 2}),
            told(new GatewayId("gateway-2"), 1, 9, content()))) {
      registry.heard(bad);
      assertThat(version()).isEqualTo("1.3");
      assertThat(registry.problem().orElseThrow())
          .startsWith("The registry: what the hub sent is not used: ")
          .endsWith("; version 1.3 stays in use");
      assertThat(registry.report().problem()).isEqualTo(registry.problem().orElseThrow());
    }
    assertThat(new RegistryHealth(registry).health().getStatus().getCode()).isEqualTo("DOWN");

    registry.heard(told(ME, 1, 4, content(door(null))));

    assertThat(registry.problem()).isEmpty();
    assertThat(new RegistryHealth(registry).health().getStatus().getCode()).isEqualTo("UP");
  }

  @Test
  void aShortenedOneIsRefusedWhereverItIsCut() {
    byte[] whole = told(ME, 1, 3, content(door(null)));
    for (int length = 0; length < whole.length; length++) {
      registry.heard(Arrays.copyOf(whole, length));
      assertThat(version()).isEqualTo("none");
    }
  }

  @Test
  void aDamagedFileIsSaidAndTheNextOneOfTheHubTaken() throws IOException {
    Files.write(folder.resolve("registry"), new byte[] {1, 2, 3});
    start();

    assertThat(registry.problem().orElseThrow())
        .contains("the file registry cannot be used")
        .endsWith("no device is registered here until the hub tells it again");
    registry.heard(told(ME, 1, 1, content(door(null))));
    assertThat(version()).isEqualTo("1.1");
    assertThat(registry.problem()).isEmpty();
  }

  @Test
  void theFileOfAnotherGatewayIsNotTaken() throws IOException {
    new RegistryFile(folder).write(registry(new GatewayId("gateway-2"), 1, 1, content(door(null))));
    start();

    assertThat(version()).isEqualTo("none");
    assertThat(registry.problem().orElseThrow()).contains("is of gateway-2");
  }

  @Test
  void whatTheDiskDoesNotTakeIsNotUsed() throws IOException {
    registry.heard(told(ME, 1, 3, content(door(null))));
    Files.createDirectory(folder.resolve("registry.new"));
    registry.heard(told(ME, 1, 4, content()));

    assertThat(version()).isEqualTo("1.3");
    assertThat(registry.problem().orElseThrow()).contains("registry 1.4 cannot be kept on disk");
  }

  @Test
  void replacedHardwareIsNoLongerTakenForTheDevice() {
    registry.heard(told(ME, 1, 3, content(door(new Equipment("zigbee2mqtt", "new", 2)))));

    assertThat(registry.at("zigbee2mqtt", "new")).contains(new Subject(DOOR, Kind.ACCESS));
    assertThat(registry.heardAs("linli", DOOR)).isEqualTo(new DeviceId("door-1@linli"));
    assertThat(registry.generationOf(DOOR)).isEqualTo(2);
  }

  @Test
  void aDeviceWhoseHardwareIsAtAnotherGatewayNowIsNotHeardHere() {
    registry.heard(told(ME, 1, 3, new RegistryContent(List.of(), List.of(DOOR))));

    assertThat(registry.heardAs("linli", DOOR)).isEqualTo(new DeviceId("door-1@linli"));
    DeviceId longest = new DeviceId("d".repeat(DeviceId.MAX_LENGTH));
    registry.heard(told(ME, 1, 4, new RegistryContent(List.of(), List.of(longest))));
    assertThat(registry.heardAs("linli", longest).value())
        .hasSize(DeviceId.MAX_LENGTH)
        .endsWith("@linli");
  }
}
