package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

  @Test
  void isItsName() {
    assertThat(new Channel("console")).isEqualTo(Channel.CONSOLE).hasToString("console");
    assertThat(new Channel("sms-gateway").wireName()).isEqualTo("sms-gateway");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SMS", "sms gateway", "-sms", "短信"})
  void refusesWhatIsNoName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Channel(name))
        .withMessageContaining("no name of a channel: " + name);
  }
}
