package org.linli.edge.profile.zkteco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** Alarms that are bits of the state that a door controller sends every few seconds. */
class DoorStatesTest {

  private static final String CLOSED = "01";
  private static final String OPEN = "02";
  private static final String NONE = "0000000000000000";

  private final TestProfiles profiles = ZktecoProfileTest.profiles(false);

  private int seconds;

  private Interpreted state(String sensor, String alarm) {
    return posted(
        "time=2026-11-23 13:15:%02d\tsensor=%s\trelay=00\talarm=%s\tdoor=01"
            .formatted(++seconds, sensor, alarm));
  }

  private Interpreted posted(String line) {
    return ZktecoProfileTest.posted(profiles, line);
  }

  private static List<String> told(Interpreted read) {
    return read instanceof Interpreted.PassedOver
        ? List.of()
        : events(read).stream()
            .map(event -> event.device().value() + " " + event.type().value())
            .toList();
  }

  /** The byte of a door, and what is told when its alarm begins and when it is over. */
  @ParameterizedTest
  @CsvSource({
    "01, T1 door.forced, T1 door.secured",
    "02, T1 reader.tampered,",
    "04, T1:sos sos.pressed,",
    "08, T1:sos sos.pressed,",
    "10, T1 door.held-open, T1 door.closed",
    "20, T1 supply.lost, T1 supply.restored",
    "40, T1 battery.low,",
    "80, T1 reader.tampered,",
    "0100, T1 door.forced, T1 door.secured",
    "00100000, T1:door-2 door.held-open, T1:door-2 door.closed",
    "0000000000000001, T1:door-8 door.forced, T1:door-8 door.secured",
    "2020202000000000, T1 supply.lost, T1 supply.restored",
  })
  void tellsAnAlarmWhenItsBitComesAndItsEndWhenItGoes(String alarm, String begun, String over) {
    assertThat(told(state(CLOSED, NONE))).isEmpty();
    assertThat(told(state(CLOSED, alarm))).containsExactly(begun);
    assertThat(told(state(CLOSED, alarm))).as("it lasts").isEmpty();
    assertThat(told(state(CLOSED, NONE))).isEqualTo(over == null ? List.of() : List.of(over));
    assertThat(told(state(CLOSED, NONE))).isEmpty();
    assertThat(told(state(CLOSED, alarm))).as("it begins again").containsExactly(begun);
  }

  @Test
  void tellsAllThatOneStateSays() {
    assertThat(told(state("0A", "0310")))
        .containsExactly("T1 door.forced", "T1 reader.tampered", "T1:door-2 door.held-open");
    assertThat(told(state("0A", "0010"))).as("the first door is open by its sensor").isEmpty();
    assertThat(told(state("09", "0010"))).containsExactly("T1 door.secured");
  }

  /** Somebody cancelled the alarm at the controller. */
  @Test
  void aDoorThatIsOpenIsNotSecured() {
    assertThat(told(state(OPEN, "11"))).containsExactly("T1 door.forced", "T1 door.held-open");
    assertThat(told(state(OPEN, NONE))).isEmpty();
    assertThat(told(state(CLOSED, NONE))).containsExactly("T1 door.secured", "T1 door.closed");
  }

  /** Many firmwares never set a bit. */
  @Test
  void endsNoAlarmThatItDidNotTell() {
    assertThat(told(posted("time=2026-11-23 13:15:00\teventaddr=1\tevent=102\tindex=4")))
        .containsExactly("T1 door.forced");
    assertThat(told(state(CLOSED, NONE))).isEmpty();
    assertThat(told(state("00", "00"))).isEmpty();
  }

  private static String record(int code, int index) {
    return "time=2026-11-23 13:15:00\teventaddr=1\tevent=%d\tindex=%d".formatted(code, index);
  }

  /** A controller that says an alarm as a record and as a bit. */
  @ParameterizedTest
  @CsvSource({
    "102, 01, T1 door.forced",
    "101, 04, T1:sos sos.pressed",
    "28, 10, T1 door.held-open"
  })
  void tellsOnceWhatComesInTwoWays(int code, String alarm, String type) {
    assertThat(told(posted(record(code, 1)))).containsExactly(type);
    assertThat(told(state(CLOSED, alarm))).as("the bit of the same").isEmpty();
    assertThat(told(posted(record(code, 2)))).as("another one").containsExactly(type);
    assertThat(told(state(CLOSED, alarm))).isEmpty();
    state(CLOSED, NONE);

    assertThat(told(state(CLOSED, alarm))).as("its bit came after a record").isEmpty();
    state(CLOSED, NONE);
    assertThat(told(state(CLOSED, alarm))).containsExactly(type);
    assertThat(told(posted(record(code, 3)))).containsExactly("T1 measurement");
    assertThat(told(posted(record(code, 4)))).containsExactly(type);
  }

  @Test
  void endsAnAlarmThatItsRecordTold() {
    assertThat(told(posted(record(102, 1)))).containsExactly("T1 door.forced");
    assertThat(told(state(CLOSED, "01"))).isEmpty();
    assertThat(told(state(CLOSED, NONE))).containsExactly("T1 door.secured");
  }

  @Test
  void anOlderStateEndsNothing() {
    seconds = 30;
    assertThat(told(state(CLOSED, "01"))).containsExactly("T1 door.forced");
    seconds = 10;
    assertThat(told(state(CLOSED, NONE))).isEmpty();
    seconds = 40;
    assertThat(told(state(CLOSED, NONE))).containsExactly("T1 door.secured");
  }

  @Test
  void aStateWithoutATimeIsToldAtTheGateways() {
    assertThat(events(posted("sensor=02\trelay=00\talarm=01")).getFirst().values().byName())
        .containsKey("clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "0x01", "010", "01,00"})
  void keepsAnAlarmThatItCannotReadAsADeadLetter(String alarm) {
    assertThat(refusal(state(CLOSED, alarm)))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.BAD_FIELD);
              assertThat(refusal.detail()).contains("alarm: ");
            });
  }
}
