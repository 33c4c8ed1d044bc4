package org.linli.edge.profile.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** What a restart between the births and the death of a node makes of its devices. */
class SparkplugRestartTest {

  private TestProfiles gateway =
      TestProfiles.of(new SparkplugProfile(new SparkplugSettings(Map.of())));

  private void restart() {
    gateway = gateway.restartedAs(new SparkplugProfile(new SparkplugSettings(Map.of())));
  }

  private Interpreted says(String type, String device, Integer session) {
    String topic = "spBv1.0/plant/" + type + "/node-1" + (device.isEmpty() ? "" : "/" + device);
    return gateway.published(topic, payload(session));
  }

  private List<String> told(String type, String device, Integer session) {
    return events(says(type, device, session)).stream()
        .filter(event -> !event.type().isMeasurement())
        .map(event -> event.device() + " " + event.type())
        .toList();
  }

  /** A payload that has no metric but the session's number, or that and no other. */
  private static byte[] payload(Integer session) {
    try {
      ByteArrayOutputStream metric = new ByteArrayOutputStream();
      metric.writeBytes(new byte[] {0x0A, 5, 'b', 'd', 'S', 'e', 'q', 0x20, 4, 0x58});
      metric.write(session);
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      payload.write(0x12);
      payload.write(metric.size());
      metric.writeTo(payload);
      return payload.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Test
  void aDeathAfterARestartSaysThatTheDevicesAreOfflineWithTheirNode() {
    told("NBIRTH", "", 1);
    told("DBIRTH", "a", 1);
    told("DBIRTH", "b", 1);
    told("DDEATH", "b", 1);
    restart();

    assertThat(told("NDEATH", "", 1))
        .containsExactly("plant:node-1 device.offline", "plant:node-1:a device.offline");
    restart();
    assertThat(told("NDEATH", "", 1)).containsExactly("plant:node-1 device.offline");

    told("NBIRTH", "", 2);
    assertThat(told("DBIRTH", "a", 2)).containsExactly("plant:node-1:a device.online");
  }

  @Test
  void theDeathOfAnEarlierSessionStaysOneAfterARestart() {
    told("NBIRTH", "", 1);
    told("NBIRTH", "", 2);
    told("DBIRTH", "a", 2);
    restart();

    assertThat(says("NDEATH", "", 1)).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(told("NDEATH", "", 2)).hasSize(2);
  }

  @Test
  void theDevicesThatWereBornBeforeARestartDieWithThoseBornAfterIt() {
    told("NBIRTH", "", 1);
    told("DBIRTH", "a", 1);
    restart();
    told("DBIRTH", "b", 1);

    assertThat(told("NDEATH", "", 1))
        .containsExactly(
            "plant:node-1 device.offline",
            "plant:node-1:a device.offline",
            "plant:node-1:b device.offline");
  }

  @Test
  void aBirthThatCouldNotBeKeptLeavesNoDeviceToDie() {
    told("NBIRTH", "", 1);
    says("DBIRTH", "a", 1).notKept();
    restart();

    assertThat(told("NDEATH", "", 1)).containsExactly("plant:node-1 device.offline");
  }

  @Test
  void aNodeWithManyDevicesIsRecalledAsFarAsItsStatesAreKept() {
    told("NBIRTH", "", 1);
    IntStream.range(0, 1_200).forEach(each -> told("DBIRTH", "d-" + each, 1));
    restart();

    assertThat(told("NDEATH", "", 1)).hasSizeBetween(900, 1_001);
  }

  @Test
  void theSessionOfANodeWithManyDevicesIsNotPushedOutByThem() {
    told("NBIRTH", "", 1);
    told("NBIRTH", "", 2);
    IntStream.range(0, 3_000).forEach(each -> told("DBIRTH", "d-" + each, 2));
    restart();

    assertThat(says("NDEATH", "", 1)).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(told("NDEATH", "", 2)).hasSizeBetween(900, 1_001);
  }

  @Test
  void aDeviceWhoseBirthCouldNotBeKeptIsNotSaidToBeOffline() {
    told("NBIRTH", "", 1);
    told("DBIRTH", "a", 1);
    says("DBIRTH", "b", 1).notKept();
    says("DBIRTH", "a", 1).notKept();

    assertThat(told("NDEATH", "", 1))
        .containsExactly("plant:node-1 device.offline", "plant:node-1:a device.offline");
  }

  @Test
  void aNodeWhoseBirthCouldNotBeKeptDiesWithTheSessionBefore() {
    told("NBIRTH", "", 1);
    told("DBIRTH", "a", 1);
    says("NBIRTH", "", 2).notKept();

    assertThat(told("NDEATH", "", 1)).hasSize(2);
  }

  @Test
  void aDeathReliesOnTheDeathOfADeviceThatMayNotBeKept() {
    told("NBIRTH", "", 1);
    told("DBIRTH", "a", 1);
    Interpreted ofDevice = says("DDEATH", "a", 1);
    Interpreted ofNode = says("NDEATH", "", 1);
    assertThat(ofNode.basis().holds()).isTrue();

    ofDevice.notKept();

    assertThat(ofNode.basis().holds()).isFalse();
  }
}
