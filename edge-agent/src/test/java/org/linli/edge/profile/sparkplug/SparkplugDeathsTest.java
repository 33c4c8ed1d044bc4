package org.linli.edge.profile.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** When devices of a node come and go, with payloads that Eclipse Tahu made. */
class SparkplugDeathsTest extends SparkplugMessages {

  @Test
  void tellsBirthsAndDeathsOnce() {
    assertThat(types(node("NBIRTH", "nbirth"))).containsExactly("device.online", "measurement");
    assertThat(types(node("NBIRTH", "nbirth"))).containsExactly("measurement");
    assertThat(types(device("DBIRTH", "dbirth"))).contains("device.online");
    assertThat(node("NDEATH", "stale")).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(events(node("NDEATH", "ndeath")))
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(
            tuple("plant:node-1", "device.offline"),
            tuple("plant:node-1:sensor-1", "device.offline"));
    assertThat(types(node("NDEATH", "ndeath"))).containsExactly("device.offline");
    assertThat(types(node("NBIRTH", "nbirth"))).contains("device.online");
    assertThat(types(device("DBIRTH", "dbirth"))).contains("device.online");
    assertThat(types(device("DDEATH", "ddeath"))).contains("device.offline");
  }

  @Test
  void saysOfANodeWithMoreDevicesThanAMessageHasEventsThatItIsOffline() {
    int devices = 2 * MessageReading.MAX_EVENTS;
    born(profiles, devices);

    Interpreted death = node("NDEATH", "ndeath");
    assertThat(types(death)).hasSize(1 + devices).containsOnly("device.offline");

    death.notKept();
    Interpreted again = node("NDEATH", "ndeath");
    assertThat(types(again)).as("where that was not kept").hasSize(1 + devices);
  }

  @Test
  void whatADeathSaidOfDevicesCostsNothingWhenItComesAgain() {
    AtomicInteger looks = new AtomicInteger();
    TestProfiles counted =
        TestProfiles.of(counting(looks), new SparkplugProfile(new SparkplugSettings(Map.of())));
    born(counted, 500);
    counted.published(NODE.formatted("NDEATH"), bytes("ndeath"));
    counted.published("spBv1.0/plant/DBIRTH/node-1/d-7", bytes("dbirth"));
    looks.set(0);

    assertThat(events(counted.published(NODE.formatted("NDEATH"), bytes("ndeath"))))
        .extracting(event -> event.device().value())
        .containsExactly("plant:node-1", "plant:node-1:d-7");
    assertThat(looks).as("looks for who it is").hasValue(2);
    assertThat(types(counted.published(NODE.formatted("NDEATH"), bytes("ndeath"))))
        .containsExactly("device.offline");
    assertThat(looks).hasValue(3);
  }

  @Test
  void aDeathThatComesAgainRestsOnWhatTheFirstSaid() {
    node("NBIRTH", "nbirth");
    device("DBIRTH", "dbirth");
    Interpreted first = node("NDEATH", "ndeath");
    Interpreted second = node("NDEATH", "ndeath");
    assertThat(second.basis().holds()).isTrue();

    first.notKept();
    assertThat(second.basis().holds()).isFalse();
    second.notKept();

    Interpreted third = node("NDEATH", "ndeath");
    assertThat(types(third)).containsExactly("device.offline", "device.offline");
    node("NBIRTH", "nbirth");
    third.notKept();
    assertThat(types(node("NDEATH", "ndeath"))).hasSize(2);
  }

  @Test
  void devicesBeyondWhatIsToldAtOnceAreToldAtTheNextDeath() {
    EdgeNodes nodes = new EdgeNodes();
    for (String device : List.of("a", "b", "c")) {
      nodes.deviceBorn("node", device, List.of());
    }

    EdgeNodes.Died first = nodes.died("node", 2);
    assertThat(first.devices()).containsExactly("a", "b");
    nodes.born("node", List.of(), null);
    assertThat(nodes.died("node", 2).devices()).containsExactly("c");
    assertThat(nodes.died("node", 2).devices()).isEmpty();
    nodes.notDied("node", first);
    assertThat(nodes.died("node", 2).devices()).containsExactly("a", "b");
  }

  private static void born(TestProfiles profiles, int devices) {
    profiles.published(NODE.formatted("NBIRTH"), bytes("nbirth"));
    for (int i = 0; i < devices; i++) {
      profiles.published("spBv1.0/plant/DBIRTH/node-1/d-" + i, bytes("dbirth"));
    }
  }

  private static KnownDevices counting(AtomicInteger looks) {
    return new KnownDevices() {
      @Override
      public Optional<Subject> at(String profile, String address) {
        looks.incrementAndGet();
        return Optional.empty();
      }

      @Override
      public Optional<Kind> kindOf(DeviceId device) {
        return Optional.empty();
      }
    };
  }

  @Test
  void tellsABirthAgainThatCouldNotBeKept() {
    node("NBIRTH", "nbirth").notKept();

    assertThat(types(node("NBIRTH", "nbirth"))).containsExactly("device.online", "measurement");
  }
}
