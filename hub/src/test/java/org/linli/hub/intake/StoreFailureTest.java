package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.records.OfSqlite;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What the store or Java itself fails with is no participant's fault and comes again. */
class StoreFailureTest extends FailingParticipant {

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

  @OfSqlite
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
}
