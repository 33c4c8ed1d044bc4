package org.linli.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;

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
        .isEqualTo(new UserProperties("a-1", Instant.ofEpochMilli(1795410960130L), null));
    assertThat(said("waiting", "1200", "waiting-since", "1795410960130").backlog())
        .isEqualTo(new Backlog(1200, Instant.ofEpochMilli(1795410960130L)));
    assertThat(said("waiting", "0").backlog()).isEqualTo(new Backlog(0, null));
    assertThat(said()).isEqualTo(new UserProperties(null, null, null));
  }

  @Test
  void takesNonsenseForNotSaid() {
    char[] long65 = new char[65];
    Arrays.fill(long65, 'x');
    for (String time : new String[] {"soon", "", "99999999999999999999", "1e9", " 1"}) {
      assertThat(said("instance", new String(long65), "sent-at", time))
          .as(time)
          .isEqualTo(new UserProperties(null, null, null));
    }
    assertThat(said("instance", "").instance()).isNull();
    for (String count : new String[] {"-1", "many", "", "99999999999999999999"}) {
      assertThat(said("waiting", count).backlog()).as(count).isNull();
    }
    assertThat(said("waiting", "3", "waiting-since", "then").backlog())
        .isEqualTo(new Backlog(3, null));
  }
}
