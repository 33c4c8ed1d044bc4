package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.intake.deadletter.EventCopies;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a participant of the transaction fails with is set aside for that participant, and the lane
 * goes on.
 */
class ParticipantFailureTest extends FailingParticipant {

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
    intake.journal().carryTo(store);
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
  void aDefectInWritingTheEventDownLosesNothing() {
    List<Boolean> inTransaction = new ArrayList<>();
    copies =
        new EventCopies(
            event -> {
              inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
              throw new IllegalStateException("a defect in rendering");
            });
    intake = opened();
    failFor(() -> new ArithmeticException("/ by zero"), 2L);

    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));

    assertThat(done()).containsExactly("bulk-1-1", "bulk-1-3");
    assertThat(told()).hasSize(1);
    assertThat(inTransaction).as("written down within the transaction").containsOnly(false);
    assertThat(kept())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.detail()).startsWith("worker: event bulk-1-2 of door-1");
              assertThat(
                      new String(
                          Base64.getDecoder().decode(letter.sample()), StandardCharsets.UTF_8))
                  .contains("door-1", "door.opened");
            });
    intake.journal().carryTo(store);
    assertThat(store.kept()).as("what goes into the history").hasSize(3);
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
    assertThat(kept())
        .singleElement()
        .satisfies(it -> assertThat(it.detail()).containsIgnoringCase("check"));
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

  /** No database has to store the character U+0000. */
  @Test
  void whatCannotBeStoredInAReasonIsReplacedAndHoldsUpNothing() {
    failFor(() -> new IllegalStateException("no room for a\0b"), 2L);

    assertThat(give(bulk.rows(1, 3))).containsExactly(applied(3));

    assertThat(kept())
        .singleElement()
        .satisfies(letter -> assertThat(letter.detail()).contains("no room for a\uFFFDb"));
  }
}
