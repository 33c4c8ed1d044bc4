package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.event.Batch;
import org.linli.event.BatchCodec;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.records.TestRecords;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * What a participant of the transaction fails with is set aside for that participant, and the lane
 * goes on; what the store fails with is nobody's fault and comes again.
 */
class ParticipantFailureTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final List<String> given = new ArrayList<>();
  private final RecordingParticipant other = new RecordingParticipant();
  private final List<Object> published = new ArrayList<>();
  private final RecordingStore store = new RecordingStore();
  private Consumer<Object> listener = published::add;
  private Consumer<HubEvent> work = event -> {};
  private TestRecords records;
  private IntakeLedger ledger;
  private DeadLetters deadLetters;
  private TestIntake intake;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    records
        .client()
        .sql("CREATE TABLE work_done (event TEXT PRIMARY KEY, orders INTEGER CHECK (orders < 90))")
        .update();
    ledger = new IntakeLedger(records.client(), records.reader());
    deadLetters = new DeadLetters(records.client(), records.reader(), IntakeSettings.DEFAULTS);
    intake =
        TestIntake.on(
            records,
            List.of(new NamedParticipant("worker", this::apply), other),
            event -> listener.accept(event));
  }

  @AfterEach
  void balancesAndCloses() {
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  /** Writes a row for each event before it does what the test wants. */
  private void apply(List<HubEvent> events) {
    for (HubEvent event : events) {
      given.add(event.id());
      write(event.id(), event.taken().order());
      work.accept(event);
    }
  }

  private void write(String event, long order) {
    records
        .client()
        .sql("INSERT INTO work_done (event, orders) VALUES (:event, :orders)")
        .param("event", event)
        .param("orders", order)
        .update();
  }

  private void failFor(Supplier<? extends Throwable> thrown, Long... orders) {
    Set<Long> failing = Set.of(orders);
    work =
        event -> {
          if (failing.contains(event.taken().order())) {
            ParticipantFailureTest.<RuntimeException>raise(thrown.get());
          }
        };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private List<Receipt> give(Batch... batches) {
    return intake
        .apply(
            Stream.of(batches)
                .map(
                    batch ->
                        new ArrivedBatch(
                            batch.gateway(),
                            batch.lane(),
                            BatchCodec.encode(batch),
                            RECEIVED,
                            receipt -> {}))
                .toList())
        .stream()
        .map(Answer::receipt)
        .toList();
  }

  private Receipt applied(long sequence) {
    return new Receipt.Applied(1, Lane.BULK, sequence, bulk.digest(sequence));
  }

  private List<@Nullable String> done() {
    return records
        .reader()
        .sql("SELECT event FROM work_done ORDER BY orders")
        .query(String.class)
        .list();
  }

  private List<DeadLetter> kept() {
    return deadLetters.newest(new DeadLetterQuery(null, null, null, 100));
  }

  private List<ParticipantFailed> told() {
    return published.stream()
        .filter(ParticipantFailed.class::isInstance)
        .map(ParticipantFailed.class::cast)
        .toList();
  }

  @Test
  void theEventIsADeadLetterForThatParticipantAndEverythingElseGoesOn() {
    failFor(() -> new ArithmeticException("/ by zero"), 2L, 5L);

    assertThat(give(bulk.rows(1, 3), bulk.rows(4, 6), bulk.rows(7, 7)))
        .containsExactly(applied(3), applied(6), applied(7));

    assertThat(done())
        .as("what the participant wrote, in order, and nothing of what it failed with")
        .containsExactly("bulk-1-1", "bulk-1-3", "bulk-1-4", "bulk-1-6", "bulk-1-7");
    assertThat(other.ids().subList(other.ids().size() - 7, other.ids().size()))
        .as("what the other participant got")
        .containsExactly(
            "bulk-1-1", "bulk-1-2", "bulk-1-3", "bulk-1-4", "bulk-1-5", "bulk-1-6", "bulk-1-7");
    assertThat(ledger.ledger().gateways().get("gateway-1"))
        .isEqualTo(new GatewayFigures(7, 7, 0, 0, 0, 1, 0, 7));
    intake.carryTo(store);
    assertThat(store.kept()).as("what goes into the history").hasSize(7);
    failFor(() -> new ArithmeticException("/ by zero"));
    assertThat(give(bulk.rows(8, 8))).containsExactly(applied(8));
  }

  @Test
  void theDeadLetterNamesParticipantDeviceEventAndCause() {
    failFor(() -> new ArithmeticException("/ by zero"), 2L);
    give(bulk.rows(1, 3));

    assertThat(kept())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("participant-failed");
              assertThat(letter.source()).isEqualTo("gateway://gateway-1/bulk/door-1");
              assertThat(letter.detail())
                  .isEqualTo(
                      "worker: event bulk-1-2 of door-1, java.lang.ArithmeticException: / by zero");
              assertThat(letter.at()).isEqualTo(RECEIVED);
              assertThat(
                      new String(
                          Base64.getDecoder().decode(letter.sample()), StandardCharsets.UTF_8))
                  .startsWith("{\"type\":\"door.opened\"");
            });
  }

  @Test
  void isToldOnceForEachBatchAndParticipant() {
    failFor(() -> new ArithmeticException("/ by zero"), 1L, 3L, 4L);
    give(bulk.rows(1, 3), bulk.rows(4, 5), bulk.rows(6, 6));

    assertThat(told())
        .containsExactly(
            new ParticipantFailed(
                "worker",
                GATEWAY,
                2,
                new DeviceId("door-1"),
                "bulk-1-1",
                "java.lang.ArithmeticException: / by zero",
                RECEIVED),
            new ParticipantFailed(
                "worker",
                GATEWAY,
                1,
                new DeviceId("door-1"),
                "bulk-1-4",
                "java.lang.ArithmeticException: / by zero",
                RECEIVED));
  }

  @Test
  void isTriedThreeTimesBeforeAndOftenThatIsEnough() {
    int[] failures = {3};
    work =
        event -> {
          if (event.taken().order() == 2 && failures[0]-- > 0) {
            throw new IllegalStateException("something that passes");
          }
        };

    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));

    assertThat(kept()).isEmpty();
    assertThat(done()).containsExactly("bulk-1-1", "bulk-1-2", "bulk-1-3");
    assertThat(given)
        .containsExactly(
            "bulk-1-1",
            "bulk-1-2",
            "bulk-1-1",
            "bulk-1-2",
            "bulk-1-1",
            "bulk-1-2",
            "bulk-1-1",
            "bulk-1-2",
            "bulk-1-3");
  }

  static Stream<Arguments> defects() {
    return Stream.<Supplier<Throwable>>of(
            () -> new NullPointerException("a defect"),
            () -> new StackOverflowError("a rule that calls itself"),
            () -> new NoClassDefFoundError("org/linli/Missing"),
            () -> new AssertionError("a defect"),
            () -> new Exception("checked and thrown all the same"),
            () -> new DataIntegrityViolationException("a constraint"))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("defects")
  void whateverIsWrongWithThePartNotWithTheStoreIsSetAside(Supplier<Throwable> thrown) {
    failFor(thrown, 2L);

    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));
    assertThat(done()).containsExactly("bulk-1-1", "bulk-1-3");
    assertThat(kept()).hasSize(1);
  }

  @Test
  void whatTheRecordsRefuseIsThePartsFault() {
    work = event -> write(event.id() + " again", 91 * (event.taken().order() % 2));

    assertThat(give(bulk.rows(1, 2))).containsExactly(applied(2));
    assertThat(kept()).singleElement().satisfies(it -> assertThat(it.detail()).contains("CHECK"));
    assertThat(done()).containsExactly("bulk-1-2 again", "bulk-1-2");
  }

  @Test
  void aPartThatLeavesTheTransactionToBeRolledBackHoldsNobodyUp() {
    work =
        event -> {
          if (event.taken().order() == 2) {
            assertThatThrownBy(
                    () ->
                        records
                            .transactions()
                            .executeWithoutResult(
                                _ -> {
                                  throw new IllegalStateException("swallowed");
                                }))
                .hasMessage("swallowed");
          }
        };

    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));
    assertThat(done()).containsExactly("bulk-1-1", "bulk-1-3");
    assertThat(kept())
        .singleElement()
        .satisfies(it -> assertThat(it.detail()).contains("left the transaction"));
  }

  static Stream<Arguments> troubles() {
    return Stream.<Supplier<Throwable>>of(
            () -> new StoreUnavailableException("no room"),
            () -> new TransactionSystemException("the transaction is gone"),
            () -> new QueryTimeoutException("locked"),
            () -> new OutOfMemoryError("Java heap space"))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatTheStoreOrJavaItselfFailsWithComesAgain(Supplier<Throwable> thrown) {
    Throwable trouble = thrown.get();
    failFor(() -> trouble, 2L);

    assertThat(catchThrowable(() -> give(bulk.rows(1, 3)))).isSameAs(trouble);

    assertThat(given).as("tried once").containsExactly("bulk-1-1", "bulk-1-2");
    assertThat(ledger.ledger().received()).isZero();
    assertThat(kept()).isEmpty();
    assertThat(done()).isEmpty();
    work = event -> {};
    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));
    assertThat(done()).hasSize(3);
  }

  @Test
  void memoryThatRanOutIsNotKeptBackWhateverItIsWrappedIn() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    failFor(() -> new IllegalStateException(new RuntimeException(error)), 2L);

    assertThat(catchThrowable(() -> give(bulk.rows(1, 3)))).isSameAs(error);
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFullDiskIsNoPartsFault() {
    long pages = records.client().sql("PRAGMA page_count").query(Long.class).single();
    work =
        event -> {
          if (event.taken().order() == 2) {
            limitPages(pages + 4);
            for (int row = 0; row < 10_000; row++) {
              write("x".repeat(2_000) + row, row % 80);
            }
          }
        };

    // SQLite has ended the transaction by itself, and says so to who then rolls it back.
    assertThatThrownBy(() -> give(bulk.rows(1, 3))).isInstanceOf(TransactionException.class);
    assertThat(ledger.ledger().received()).isZero();
    assertThat(kept()).isEmpty();

    limitPages(1_000_000);
    work = event -> {};
    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));
    assertThat(kept()).isEmpty();
  }

  private void limitPages(long most) {
    records.client().sql("PRAGMA max_page_count = " + most).query(Long.class).single();
  }

  @Test
  void whereTheStoreFailsWhileEventsAreGivenOneByOneNothingIsKept() {
    failFor(() -> new IllegalStateException("a defect"), 1L);
    Consumer<HubEvent> defect = work;
    work =
        event -> {
          if (event.taken().order() == 3) {
            throw new StoreUnavailableException("no room");
          }
          defect.accept(event);
        };

    assertThatThrownBy(() -> give(bulk.rows(1, 3))).isInstanceOf(StoreUnavailableException.class);
    assertThat(kept()).isEmpty();
    assertThat(published).isEmpty();
    assertThat(done()).isEmpty();
    assertThat(ledger.ledger().received()).isZero();
  }

  @Test
  void whatWasFoundOfAGatewayAndCannotBeToldHoldsNobodyUp() {
    listener =
        event -> {
          throw new IllegalStateException("no alert can be opened");
        };
    Batch lying =
        new Batch(
            GATEWAY,
            1,
            Lane.BULK,
            1,
            3,
            bulk.digest(0),
            bulk.digest(3),
            new LaneLedger(9, 0),
            List.of(),
            bulk.rows(1, 3).events());

    assertThat(give(lying)).containsExactly(applied(3));
    assertThat(give(bulk.otherHistory().rows(1, 3)))
        .singleElement()
        .isInstanceOf(Receipt.Rejected.class);

    assertThat(other.applied()).isNotEmpty();
    assertThat(kept())
        .extracting(letter -> letter.reason() + " " + letter.source() + " " + letter.detail())
        .containsExactlyInAnyOrder(
            "participant-failed gateway://gateway-1/bulk gateway-alerts: counts-differ,"
                + " java.lang.IllegalStateException: no alert can be opened",
            "participant-failed gateway://gateway-1/bulk gateway-alerts: history-differs,"
                + " java.lang.IllegalStateException: no alert can be opened");
  }

  @Test
  void whatCannotEvenBeToldIsKeptAllTheSame() {
    listener =
        event -> {
          throw new IllegalStateException("no alert can be opened");
        };
    failFor(() -> new IllegalStateException("a defect"), 2L);

    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));
    assertThat(kept()).hasSize(1);
  }
}
