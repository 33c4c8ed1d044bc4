package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.hub.console.stream.StreamOfTests.NOTE;

import org.junit.jupiter.api.Test;

/** Rows of changes that cannot be read do not hold up those behind them. */
class DamagedChangesTest extends OnTheStream {

  @Test
  void areLeftOut() throws InterruptedException {
    inOneTransactionNotBrought("a", "b");
    records.client().sql("ALTER TABLE change RENAME COLUMN version TO unreadable").update();
    assertThatThrownBy(thread::bring).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(thread::bring).isInstanceOf(RuntimeException.class);

    assertThat(thread.bring()).as("after three tries").isTrue();
    records.client().sql("ALTER TABLE change RENAME COLUMN unreadable TO version").update();

    assertThat(stream.newest()).isEqualTo(2);
    inOneTransaction(recorder -> recorder.record(NOTE, null, "c", 1));
    assertThat(idsAfter(2)).containsExactly(3L);
  }
}
