package org.linli.sims.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.journal.RecordedRun;
import tools.jackson.databind.json.JsonMapper;

class ComparingMessagesTest {

  @TempDir private Path folder = Path.of("unset");

  /** A door that tells its state four times, of which two are changes, and then that it is gone. */
  private final List<String> record =
      new ArrayList<>(
          List.of(
              "linli-load-record 1 r 2026-11-23T05:31:12.345Z",
              "C 0 mqtt bridge",
              "M 0 0 0 zigbee2mqtt access door measurement message=r-0&contact=true door.closed?",
              "M 1 0 9 zigbee2mqtt access door measurement message=r-1&contact=false door.opened",
              "M 2 0 20 zigbee2mqtt access door measurement message=r-2&contact=false door.opened?",
              "M 3 0 30 zigbee2mqtt access door measurement message=r-3&contact=true door.closed",
              "M 4 0 40 zigbee2mqtt access door - - measurement,device.offline",
              "A 0 5",
              "A 1 15",
              "A 2 25",
              "A 3 35",
              "A 4 45"));

  private final List<Stored> stored = new ArrayList<>();

  @BeforeEach
  void everythingIsAtTheHub() {
    measured(0, true);
    beside("door.closed");
    measured(1, false);
    beside("door.opened");
    measured(2, false);
    measured(3, true);
    beside("door.closed");
    beside("measurement");
    beside("device.offline");
  }

  @Test
  void nothingIsFoundWhereEverythingIsThere() throws CannotRunException, IOException {
    Discrepancies discrepancies = found();
    for (Discrepancy discrepancy : Discrepancy.values()) {
      if (discrepancy != Discrepancy.BESIDE) {
        assertThat(discrepancies.count(discrepancy)).as(discrepancy.title()).isZero();
      }
    }
    assertThat(discrepancies.stored()).isEqualTo(4);
    assertThat(discrepancies.count(Discrepancy.BESIDE)).isEqualTo(5);
  }

  @Test
  void aMessageWhoseMarkIsNowhereIsLost() throws CannotRunException, IOException {
    stored.remove(2);
    assertFound(Discrepancy.LOST, 1, "message=r-1");
  }

  @Test
  void aChangeThatMustHaveBeenToldAndWasNotIsLost() throws CannotRunException, IOException {
    stored.remove(3);
    assertFound(Discrepancy.LOST, 1, "0 of door.opened, from 1 to 2");
  }

  @Test
  void aChangeIsNotMissedWhereTheMessageBeforeMayNotHaveBeenTaken()
      throws CannotRunException, IOException {
    stored.remove(3);
    record.remove("A 0 5");
    assertThat(found().count(Discrepancy.LOST)).isZero();
    assertThat(found().count(Discrepancy.RECOVERED)).isOne();
  }

  @Test
  void moreChangesThanThereWereMessagesToMakeThemAreDoubled()
      throws CannotRunException, IOException {
    beside("door.opened");
    assertThat(found().count(Discrepancy.DOUBLED)).isZero();
    beside("door.opened");
    assertFound(Discrepancy.DOUBLED, 1, "3 of door.opened, from 1 to 2");
  }

  @Test
  void aCopyOfAMessageThatWasSentOnceIsDoubled() throws CannotRunException, IOException {
    measured(2, false);
    assertFound(Discrepancy.DOUBLED, 1, "message=r-2 again");
  }

  @Test
  void aCopyOfAMessageWithoutIdThatWasSentTwiceIsSaidAgain()
      throws CannotRunException, IOException {
    measured(2, false);
    record.add("S 2 50");
    assertFound(Discrepancy.SAID_AGAIN, 1, "message=r-2 again");
    assertThat(found().count(Discrepancy.DOUBLED)).isZero();
    measured(2, false);
    assertFound(Discrepancy.DOUBLED, 1, "message=r-2 again");
  }

  @Test
  void anAlarmSentAgainMayBeAnUnchangedStateOrderedBeforeIt()
      throws CannotRunException, IOException {
    record.add("M 0 0 50 onvif camera gate zone.intruded Message=r-5 -");
    record.add("A 0 60");
    record.subList(2, 12).clear();
    stored.clear();
    stored.add(item("measurement", "camera", "{\"Message\":\"r-5\"}", "~1", 1));
    assertFound(Discrepancy.UNEXPECTED, 1, "type is measurement, zone.intruded was to come");

    stored.add(item("zone.intruded", "camera", "{\"Message\":\"r-5\"}", "~2", 2));
    record.add("S 0 70");
    assertFound(Discrepancy.SAID_AGAIN, 1, "Message=r-5 again");
    assertThat(found().count(Discrepancy.UNEXPECTED)).isZero();
  }

  @Test
  void anEventOfATypeThatNoMessageMakesIsUnexpected() throws CannotRunException, IOException {
    beside("water.leak");
    assertFound(Discrepancy.UNEXPECTED, 1, "was never sent");
  }

  @Test
  void aMessageThatWasUnderstoodOtherwiseIsUnexpected() throws CannotRunException, IOException {
    stored.set(2, item("measurement", "access", "{\"message\":\"r-1\",\"contact\":true}", "~1", 2));
    assertFound(Discrepancy.UNEXPECTED, 1, "contact is true, false was to come");
    stored.set(2, item("measurement", "power", "{\"message\":\"r-1\",\"contact\":false}", "~1", 2));
    assertFound(Discrepancy.UNEXPECTED, 1, "kind is power, access was to come");
    stored.set(
        2, item("door.opened", "access", "{\"message\":\"r-1\",\"contact\":false}", "~1", 2));
    assertFound(Discrepancy.UNEXPECTED, 1, "type is door.opened, measurement was to come");
  }

  @Test
  void aMessageThatWasRefusedAndIsThereIsUnexpected() throws CannotRunException, IOException {
    record.set(record.indexOf("A 2 25"), "R 2 25 no");
    assertFound(Discrepancy.UNEXPECTED, 1, "was refused");
  }

  @Test
  void whatIsOrderedBeforeAnEarlierMessageIsOutOfOrder() throws CannotRunException, IOException {
    stored.set(
        5, item("measurement", "access", "{\"message\":\"r-3\",\"contact\":true}", "~9", -7));
    assertFound(Discrepancy.OUT_OF_ORDER, 1, "has order -7");
  }

  @Test
  void oneThingInSeveralMessagesIsOneEventByItsId() throws CannotRunException, IOException {
    record.subList(2, record.size()).clear();
    record.addAll(
        List.of(
            "M 0 0 0 frigate camera gate object.detected id=17.5-r-0&label=car -",
            "M 1 0 9 frigate camera gate object.detected id=17.5-r-0&label=car -",
            "A 0 5",
            "S 1 9",
            "A 1 15"));
    stored.clear();
    stored.add(item("object.detected", "camera", "{\"label\":\"car\"}", "17.5-r-0", 1));
    assertThat(found().stored()).isOne();
    assertThat(found().count(Discrepancy.LOST) + found().count(Discrepancy.DOUBLED)).isZero();

    stored.add(item("object.detected", "camera", "{\"label\":\"car\"}", "17.5-r-0", 2));
    assertFound(Discrepancy.DOUBLED, 1, "id=17.5-r-0 again");
  }

  private void assertFound(Discrepancy discrepancy, long count, String example)
      throws CannotRunException, IOException {
    Discrepancies discrepancies = found();
    assertThat(discrepancies.count(discrepancy)).as(discrepancy.title()).isEqualTo(count);
    assertThat(discrepancies.examples(discrepancy)).anyMatch(text -> text.contains(example));
  }

  private Discrepancies found() throws CannotRunException, IOException {
    Path file = Files.writeString(folder.resolve("record.txt"), String.join("\n", record) + "\n");
    Recorded recorded = new Recorded(List.of(RecordedRun.read(file)));
    return ComparingMessages.of(recorded.devices().getFirst(), stored);
  }

  private void measured(int number, boolean contact) {
    String values = "{\"message\":\"r-%d\",\"contact\":%b}".formatted(number, contact);
    stored.add(item("measurement", "access", values, "~" + stored.size(), stored.size()));
  }

  private void beside(String type) {
    stored.add(item(type, "access", "{}", "~" + stored.size(), stored.size()));
  }

  private static Stored item(String type, String kind, String values, String id, long order) {
    return Stored.of(
        JsonMapper.shared()
            .readTree(
                """
                {"id":"%s","kind":"%s","type":"%s","lane":"bulk","time":"2026-11-23T05:31:13Z",
                 "epoch":1,"order":%d,"values":%s}\
                """
                    .formatted(id, kind, type, order, values)));
  }
}
