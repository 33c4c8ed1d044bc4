package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.program.web.OpenConnections;

class DoorFilesTest {

  /** What a running agent was seen to have open with nobody connected, and as many again. */
  private static final int PROGRAM = 200;

  @ParameterizedTest
  @ValueSource(longs = {400, 512, 1_024, 4_096, 65_536})
  void allDoorsTogetherOpenNoMoreThanTheProcessMay(long most) {
    DoorFiles files = new DoorFiles(most);
    long pending = Math.max(64, files.mqttConnections() / 5);
    long all =
        PROGRAM
            + files.mqttConnections()
            + pending
            + files.httpConnections()
            + OpenConnections.CLOSING;
    assertThat(all).isLessThanOrEqualTo(most);
    assertThat(files.mqttConnections()).isGreaterThan((int) (most / 8));
  }

  @Test
  void saysThatThereAreTooFew() {
    assertThatThrownBy(() -> new DoorFiles(256).mqttConnections())
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("may open 256 files")
        .hasMessageContaining("LimitNOFILE=");
  }

  @Test
  void refusesASettingThatDoesNotFit() {
    DoorFiles files = new DoorFiles(512);
    files.require("linli.mqtt.max-connections", 10, files.mqttConnections());
    assertThatThrownBy(
            () -> files.require("linli.mqtt.max-connections", 5_000, files.mqttConnections()))
        .isInstanceOf(CannotListenException.class)
        .hasMessageStartingWith("linli.mqtt.max-connections is 5000")
        .hasMessageContaining("may open 512 files carries " + files.mqttConnections());
  }

  @Test
  void boundsNothingWhereNobodySaysHowMany() {
    assertThat(DoorFiles.UNBOUNDED.mqttConnections()).isEqualTo(Integer.MAX_VALUE);
    assertThat(DoorFiles.UNBOUNDED.httpConnections()).isEqualTo(Integer.MAX_VALUE);
  }
}
