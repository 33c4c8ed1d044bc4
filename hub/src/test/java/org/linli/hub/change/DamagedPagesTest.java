package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.FailureCause;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.TestRecords;

/** Old changes lie on damaged pages of the file. */
@OfSqlite
class DamagedPagesTest extends RecordingChanges {

  private static final int PAGE = 4_096;
  private static final byte LEAF_OF_TABLE = 0x0d;
  private static final byte LEAF_OF_INDEX = 0x0a;

  @SuppressWarnings("NullAway.Init") // set once the changes are damaged
  private DurableReader reader;

  /** Writes old changes, and damages each leaf on which the first of them are. */
  private void damageOldChanges() throws IOException {
    changes.durableReaders().reader("letters");
    for (int i = 0; i < 10; i++) {
      int from = i * 100;
      transaction(() -> recordDevices(from, from + 100));
    }
    Path folder = records.folder().path();
    records.client().sql("PRAGMA wal_checkpoint(TRUNCATE)").query().listOfRows();
    records.close();
    Path file = folder.resolve("hub.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int page = PAGE; page < bytes.length; page += PAGE) {
      String content = new String(bytes, page, PAGE, StandardCharsets.ISO_8859_1);
      if ((bytes[page] == LEAF_OF_TABLE || bytes[page] == LEAF_OF_INDEX)
          && content.contains("device-10")) {
        Arrays.fill(bytes, page, page + PAGE, (byte) 0x55);
      }
    }
    Files.write(file, bytes);
    records = new TestRecords(folder);
    changes = new ChangesOnRecords(records, KEPT);
    reader = changes.durableReaders().reader("letters");
  }

  @Test
  void rollNoTransactionBackThatRecordsChanges() throws IOException {
    damageOldChanges();
    long before = changes.feed().newest();

    for (int i = 0; i < KEPT + 10; i++) {
      transaction(() -> record("new", 1));
    }

    assertThat(changes.feed().newest()).isEqualTo(before + KEPT + 10);
    assertThat(after(before)).hasSize(KEPT + 10);
    assertThatThrownBy(() -> changes.drop())
        .as("which the thread's guard tells")
        .satisfies(thrown -> assertThat(FailureCause.of(thrown)).isEqualTo(FailureCause.STORE));
  }

  @Test
  void areAGapForADurableReaderThatFailsOnThemAgainAndAgain() throws IOException {
    damageOldChanges();
    List<Next> given = new ArrayList<>();
    for (int i = 1; i < DurableReader.TRIES; i++) {
      assertThatThrownBy(() -> reader.take(10, given::add))
          .satisfies(thrown -> assertThat(FailureCause.of(thrown)).isEqualTo(FailureCause.STORE));
    }
    assertThat(given).isEmpty();

    assertThat(reader.take(10, given::add)).isTrue();
    assertThat(given).containsExactly(new Next.Gap(changes.feed().newest()));
    transaction(() -> record("new", 1));
    assertThat(reader.take(10, given::add)).as("it goes on").isTrue();
    assertThat(given.getLast()).isInstanceOf(Next.Changes.class);
  }
}
