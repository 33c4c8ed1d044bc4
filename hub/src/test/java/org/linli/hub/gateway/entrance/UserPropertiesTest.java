package org.linli.hub.gateway.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;
import org.linli.event.GatewayTrouble;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayDeadLetters;

class UserPropertiesTest {

  private static UserProperties said(String... keysAndValues) {
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(
        Stream.iterate(0, i -> i + 2)
            .limit(keysAndValues.length / 2)
            .map(i -> new UserProperty(keysAndValues[i], keysAndValues[i + 1]))
            .toList());
    return UserProperties.of(new MqttMessage(new byte[0], 1, false, properties));
  }

  @Test
  void readsWhatAGatewaySaysOfItself() {
    assertThat(said("colour", "red", "instance", "a-1", "sent-at", "1795410960130"))
        .isEqualTo(
            new UserProperties(
                "a-1", Instant.ofEpochMilli(1795410960130L), null, null, null, Map.of()));
    assertThat(said("waiting", "1200", "waiting-since", "1795410960130").backlog())
        .isEqualTo(new Backlog(1200, Instant.ofEpochMilli(1795410960130L)));
    assertThat(said("waiting", "0").backlog()).isEqualTo(new Backlog(0, null));
    assertThat(said()).isEqualTo(new UserProperties(null, null, null, null, null, Map.of()));
  }

  @Test
  void takesNonsenseForNotSaid() {
    char[] long65 = new char[65];
    Arrays.fill(long65, 'x');
    for (String time :
        new String[] {"soon", "", "1e9", " 1", "+1", "١", "-", "--1", "1".repeat(101)}) {
      assertThat(said("instance", new String(long65), "sent-at", time))
          .as(time)
          .isEqualTo(new UserProperties(null, null, null, null, null, Map.of()));
    }
    assertThat(said("instance", "").instance()).isNull();
    for (String count :
        new String[] {"-1", "+1", "٣", "many", "", "9007199254740993", "99999999999999999999"}) {
      assertThat(said("waiting", count).backlog()).as(count).isNull();
    }
    assertThat(said("waiting", "3", "waiting-since", "then").backlog())
        .isEqualTo(new Backlog(3, null));
  }

  @Test
  void takesWhateverTimeAGatewaysClockShows() {
    assertThat(said("sent-at", "-1").sentAt()).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(said("sent-at", "-62135596800000").sentAt()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(said("sent-at", "253402300800000").sentAt()).isEqualTo("+10000-01-01T00:00:00Z");
    for (String beyond : new String[] {"9223372036854775808", "9".repeat(100)}) {
      assertThat(said("sent-at", beyond).sentAt()).isEqualTo(Instant.ofEpochMilli(Long.MAX_VALUE));
      assertThat(said("sent-at", "-" + beyond).sentAt())
          .isEqualTo(Instant.ofEpochMilli(-Long.MAX_VALUE));
    }
    assertThat(said("waiting", "1", "waiting-since", "-1").backlog())
        .as("of all others a time before 1970 counts as not said")
        .isEqualTo(new Backlog(1, null));
  }

  @Test
  void readsWhatAGatewayCouldNotRead() {
    assertThat(
            said(
                    "dead-letters",
                    "3",
                    "dead-letters-in-all",
                    "1200",
                    "dead-letter-newest",
                    "1795410960130",
                    "dead-letter-newest-reason",
                    "not-json")
                .deadLetters())
        .isEqualTo(
            new GatewayDeadLetters(3, 1200, Instant.ofEpochMilli(1795410960130L), "not-json"));
    assertThat(said("dead-letters", "0").deadLetters())
        .isEqualTo(new GatewayDeadLetters(0, 0, null, null));
    assertThat(said("dead-letters-in-all", "3").deadLetters())
        .as("an older gateway says nothing, which is not none")
        .isNull();
    assertThat(said("dead-letters", "9007199254740992").deadLetters())
        .extracting(GatewayDeadLetters::kept)
        .isEqualTo(1L << 53);
  }

  @Test
  void takesDeadLettersThatCannotBeForNotSaid() {
    for (String count : new String[] {"-1", "many", "", "9007199254740993", "1e3"}) {
      assertThat(said("dead-letters", count).deadLetters()).as(count).isNull();
      assertThat(said("dead-letters", "0", "dead-letters-in-all", count).deadLetters())
          .as(count)
          .isNull();
    }
    assertThat(said("dead-letters", "3", "dead-letters-in-all", "2").deadLetters()).isNull();
    for (String reason : new String[] {"", "<script>", "not json", "x".repeat(65)}) {
      assertThat(
              said(
                      "dead-letters",
                      "1",
                      "dead-letter-newest",
                      "then",
                      "dead-letter-newest-reason",
                      reason)
                  .deadLetters())
          .as(reason)
          .isEqualTo(new GatewayDeadLetters(1, 1, null, null));
    }
  }

  @Test
  void readsWhatIsWrongAtAGateway() {
    assertThat(
            said("trouble", "disk-full 1795410960131,of-tomorrow 3,takes-nothing 1795410960130")
                .troubles())
        .as("most serious first, without what this version does not know")
        .containsExactly(
            Map.entry(GatewayTrouble.TAKES_NOTHING, Instant.ofEpochMilli(1795410960130L)),
            Map.entry(GatewayTrouble.DISK_FULL, Instant.ofEpochMilli(1795410960131L)));
    assertThat(said("instance", "a-1").troubles()).isEmpty();
    assertThat(said("trouble", "places-taken 1,places-taken 2").troubles())
        .containsOnly(Map.entry(GatewayTrouble.PLACES_TAKEN, Instant.ofEpochMilli(1)));
  }

  @Test
  void takesATroubleForOneWhateverTimeTheGatewaysClockShows() {
    for (String before : new String[] {"-1", "-" + "9".repeat(100)}) {
      assertThat(said("trouble", "disk-full " + before).troubles())
          .as(before)
          .containsOnly(Map.entry(GatewayTrouble.DISK_FULL, Instant.EPOCH));
    }
    for (String after : new String[] {"253402300800000", "9".repeat(100)}) {
      assertThat(said("trouble", "disk-full " + after).troubles())
          .as(after)
          .containsOnly(
              Map.entry(GatewayTrouble.DISK_FULL, Instant.parse("9999-12-31T23:59:59.999Z")));
    }
  }

  @Test
  void takesTroublesThatCannotBeForNotSaid() {
    for (String text :
        new String[] {
          "",
          ",",
          " ",
          ", ,,",
          "disk-full",
          "disk-full ",
          "disk-full soon",
          "disk-full  1",
          "disk-full 1 2",
          "DISK-FULL 1",
          "disk_full 1",
          "<script> 1",
          "disk-full " + "1".repeat(101),
          "disk-full ١",
          "disk-full 1" + ",".repeat(400),
          "x".repeat(65_535)
        }) {
      assertThat(said("trouble", text).troubles()).as(text).isEmpty();
    }
  }
}
