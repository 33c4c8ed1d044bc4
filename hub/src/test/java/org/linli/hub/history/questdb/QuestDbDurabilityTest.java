package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.questdb.cairo.CairoException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.Happened;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.journal.EventsRefusedException;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.program.thread.LivingThreads;

class QuestDbDurabilityTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");

  @TempDir private Path folder;

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private TroubledDisk disk;
  private QuestDbStore store;

  @BeforeEach
  void open() {
    QuestDbLog.silence();
    disk = new TroubledDisk();
    store = reopened();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private QuestDbStore reopened() {
    return QuestDbStore.open(
        folder,
        InstantSource.fixed(NOON),
        meters,
        new LivingThreads(InstantSource.system()),
        disk,
        Duration.ofMillis(100));
  }

  @Test
  void forcesEveryBatchToDiskBeforeItReturns() {
    store.append(batch(1, 10));
    int columnsOfBothTables = 19;

    int before = disk.syncs.get();
    store.append(batch(11, 20));

    assertThat(disk.syncs.get() - before).isGreaterThanOrEqualTo(columnsOfBothTables);
  }

  @Test
  void refusesABatchThatTheDiskRefusesAndTakesItLater() {
    store.append(batch(1, 10));
    eventuallyFinds(10);

    disk.full = true;
    // Fills what the open files still have room for, then meets the end of the disk.
    assertThatThrownBy(
            () -> {
              for (int i = 1; i < 200; i++) {
                store.append(batch(i * 1000, i * 1000 + 999));
              }
            })
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("The history in " + folder + " cannot be written: ")
        .hasMessageEndingWith("Check the disk.");
    disk.full = false;

    store.append(batch(500_000, 500_009));
    await().atMost(Duration.ofSeconds(30)).until(() -> found().getFirst() == 500_009);
  }

  @Test
  void refusesABatchThatCouldNotBeForcedToDiskAndKeepsItOnceWhenItComesAgain() {
    disk.failsToSync = true;
    assertThatThrownBy(() -> store.append(batch(1, 10)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("could not sync");

    disk.failsToSync = false;
    store.append(batch(1, 10));
    eventuallyFinds(10);
    store.append(batch(11, 11));

    eventuallyFinds(11);
  }

  @Test
  void opensAnewAfterFailuresThatQuestDbDoesNotKnowAsItsOwn() {
    disk.onSync = new UnsupportedOperationException();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> store.append(batch(1, 10)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("UnsupportedOperationException");
    }

    disk.onSync = null;
    store.append(batch(1, 10));

    eventuallyFinds(10);
  }

  @Test
  void tellsEventsThatItRefusesFromADiskThatDoes() {
    disk.dislikesContent = true;
    assertThatThrownBy(() -> store.append(batch(1, 10)))
        .isInstanceOf(EventsRefusedException.class)
        .hasMessageStartingWith("QuestDB: ")
        .hasMessageEndingWith("not such a row");

    store.append(batch(1, 10));
    eventuallyFinds(10);
  }

  @Test
  void doesNotBlameTheEventsWhereItTakesNoOthersEither() {
    disk.dislikesEverything = true;
    assertThatThrownBy(() -> store.append(batch(1, 10)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("left behind");

    disk.dislikesEverything = false;
    store.append(batch(1, 10));
    eventuallyFinds(10);
  }

  @Test
  void goesOnByItselfAfterItsTablesCouldNotBeWritten() {
    disk.tablesBroken = true;
    store.append(batch(1, 10));
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(found()).isEmpty());
    assertThat(meters.get("linli.history.waiting").gauge().value()).isEqualTo(1);

    disk.tablesBroken = false;

    eventuallyFinds(10);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(meters.get("linli.history.waiting").gauge().value()).isZero();
              assertThat(meters.get("linli.history.visible").timer().count()).isEqualTo(1);
            });
  }

  @Test
  void showsAfterARestartWhatWasStoredButNotYetShown() {
    disk.tablesBroken = true;
    store.append(batch(1, 10));
    store.close();
    disk.tablesBroken = false;

    store = reopened();

    eventuallyFinds(10);
  }

  static List<RuntimeException> troublesOfADisk() {
    return List.of(
        CairoException.critical(5).put("could not sync"), new IllegalStateException("unforeseen"));
  }

  @ParameterizedTest
  @MethodSource("troublesOfADisk")
  void goesOnAfterATableCouldNotBeClosed(RuntimeException trouble) {
    disk.onClosingTables = trouble;
    store.append(batch(1, 10));
    await().atMost(Duration.ofSeconds(10)).until(() -> disk.failedToCloseTables.get() > 0);
    disk.onClosingTables = null;

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreException(StoreUnavailableException.class)
        .untilAsserted(() -> store.append(batch(11, 20)));
    eventuallyFinds(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 60, 200})
  void takesEventsAgainOnceADiskThatFailedNowAndThenIsWell(int oneIn) {
    disk.failsOneIn = oneIn;
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      try {
        store.append(batch(i * 10 + 1, i * 10 + 10));
      } catch (StoreUnavailableException expected) {
        refused++;
      }
    }
    disk.failsOneIn = 0;
    assertThat(refused).as("of the disk's failures it felt some").isPositive();

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreException(StoreUnavailableException.class)
        .untilAsserted(() -> store.append(batch(1, 1000)));
    eventuallyFinds(1000);
  }

  @Test
  void saysWhyItCannotBeRead() {
    store.append(batch(1, 10));
    store.close();

    assertThatThrownBy(() -> store.find(EventQuery.newest(1)))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessageContaining("The history in " + folder + " cannot be read");
    store = reopened();
  }

  private List<Long> found() {
    return store.find(EventQuery.newest(1000)).items().stream().map(StoredEvent::order).toList();
  }

  private void eventuallyFinds(int count) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(found()).hasSize(count));
  }

  private static List<HubEvent> batch(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(
            i -> Happened.door("door-1", NOON.plusMillis(i)).order(i).with("n", i).asApplied())
        .toList();
  }
}
