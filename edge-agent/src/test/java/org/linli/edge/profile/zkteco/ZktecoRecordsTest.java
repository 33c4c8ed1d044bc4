package org.linli.edge.profile.zkteco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** Records of a terminal in whatever order, spacing and completeness its firmware writes them. */
class ZktecoRecordsTest {

  private static final String PASSAGE = "17\t2026-11-23 13:15:11\t0\t1\t0\t0\t0";

  private final TestProfiles profiles = ZktecoProfileTest.profiles(false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USER PIN=1\tName=Li",
        "FP PIN=1\tFID=0",
        "OPLOG 4\t14",
        "time=2026-11-23 13:16:00\tsensor=01",
        "~SerialNumber=T1",
        ""
      })
  void passesOverWhatSaysNothingOfADoor(String line) {
    assertThat(ZktecoProfileTest.posted(profiles, line)).isInstanceOf(Interpreted.PassedOver.class);
  }

  /** The order of the fields and what stands between them are the firmware's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "event=102\ttime=2026-11-23 13:16:00\teventaddr=1",
        "pin=0\tcardno=0\teventaddr=1\tevent=102\ttime=2026-11-23 13:16:00\tindex=21",
        "time=2026-11-23 13:16:00 pin=0 cardno=0 eventaddr=1 event=102 inoutstatus=0",
        "time=2026-11-23 13:16:00  event=102   eventaddr=1",
        "  index=21 event=102 time=2026-11-23 13:16:00 eventaddr=1",
        "Time=2026-11-23 13:16:00\tEvent=102\tEventAddr=1",
        "time=2026-11-23\t13:16:00\tevent=102\teventaddr=1",
        "OPLOG 3 0 2026-11-23 13:16:00 54 0 0 0",
        "OPLOG 3  0  2026-11-23 13:16:00  54  0  0  0",
        "OPLOG\t3\t0\t2026-11-23 13:16:00\t54\t0\t0\t0",
        "oplog 3\t0\t2026-11-23 13:16:00\t54\t0\t0\t0",
      })
  void readsARecordInWhateverOrderAndSpacing(String record) {
    DeviceEvent alarm = events(ZktecoProfileTest.posted(profiles, record)).getFirst();

    assertThat(alarm.type().value()).isEqualTo("door.forced");
    assertThat(alarm.device().value()).isEqualTo("T1");
    assertThat(alarm.time()).isEqualTo("2026-11-23T05:16:00Z");
    assertThat(alarm.values().byName()).doesNotContainKey("defect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event=102\teventaddr=1",
        "event=102 eventaddr=1 index=7",
        "eventaddr=1\tevent=102\ttime=",
        "OPLOG 3\t0\t54\t0\t0\t0",
        "OPLOG 3\t0\t\t54\t0\t0\t0",
        "OPLOG 3 0 54 0 0 0",
      })
  void takesAnAlarmThatLacksItsTimeAtTheGateways(String record) {
    DeviceEvent alarm = events(ZktecoProfileTest.posted(profiles, record)).getFirst();

    assertThat(alarm.type().value()).isEqualTo("door.forced");
    assertThat(alarm.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(alarm.values().byName()).containsKeys("clock", "defect");
  }

  @Test
  void judgesWhatAControllerKeptInTheOrderOfItsTimes() {
    String kept = "transaction doorid=1\teventtype=%d\tinoutstate=2\ttime_second=%d";
    String newestFirst = kept.formatted(201, 864393360) + "\n" + kept.formatted(102, 864393300);

    assertThat(events(ZktecoProfileTest.posted(profiles, newestFirst)))
        .extracting(event -> event.type().value())
        .containsExactly("door.forced", "door.closed", "door.secured");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17 2026-11-23 13:15:11 0 1 0 0 0",
        "17  2026-11-23 13:15:11  0  1",
        "  17\t2026-11-23 13:15:11\t0\t1",
      })
  void readsAPassageWithSpacesInPlaceOfTabs(String record) {
    DeviceEvent passage = events(ZktecoProfileTest.posted(profiles, record)).getFirst();

    assertThat(passage.type().value()).isEqualTo("access.granted");
    assertThat(passage.time()).isEqualTo("2026-11-23T05:15:11Z");
    assertThat(passage.values().toString()).contains("status", "verify");
  }

  /** What is none of the records that are known is kept, and never passed over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "time=2026-11-23 13:16:00\tpin=0",
        "time=2026-11-23 13:16:00",
        "time=2026-11-23 13:16:00,event=102",
        "doorid=1\tkind=102",
        "event=\ttime=2026-11-23 13:16:00",
        "ALARM 3",
      })
  void keepsARecordThatItDoesNotKnowAsADeadLetter(String record) {
    assertThat(refusal(ZktecoProfileTest.posted(profiles, record)).reason())
        .isEqualTo(RefusalReason.BAD_FIELD);

    Interpreted beside =
        ZktecoProfileTest.posted(profiles, PASSAGE + "\n" + record + "\n" + PASSAGE);

    Interpreted.Refused letter = Objects.requireNonNull(beside.basis().unread());
    assertThat(letter.message().payload()).asString(StandardCharsets.UTF_8).isEqualTo(record);
    assertThat(letter.refusal().detail()).startsWith("line 2: ");
  }
}
