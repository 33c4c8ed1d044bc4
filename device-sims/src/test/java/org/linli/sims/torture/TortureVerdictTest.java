package org.linli.sims.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.sims.ledger.Figures;
import org.linli.sims.reconcile.Reconciled;

/** A device whose gateway took 100 events. */
class TortureVerdictTest {

  private static final String DEVICE = "door-1";
  private static final long TAKEN = 100;

  private static TortureVerdict verdict(
      long missing, long givenUp, long waitingInRestored, boolean exact) {
    long stored = TAKEN - missing;
    return new TortureVerdict(
        new Reconciled(
            1, TAKEN, TAKEN, 0, 0, 0, stored, Map.of(), Map.of(), Map.of(DEVICE, missing)),
        new Figures(
            Map.of("offered", TAKEN, "taken", TAKEN, "receipted", TAKEN - givenUp, "shed", givenUp),
            Map.of("received", stored, "applied", stored)),
        Map.of(DEVICE, givenUp),
        0,
        0,
        waitingInRestored,
        0,
        0,
        0,
        List.of(),
        exact,
        List.of());
  }

  @Test
  void holdsWhereEverythingIsThereOrWasDeclared() {
    assertThat(verdict(0, 0, 0, true).lines()).last().isEqualTo("Everything holds.");
    assertThat(verdict(7, 7, 0, true).holds()).isTrue();
  }

  @Test
  void doesNotHoldWhereSomethingIsMissingThatNobodyDeclared() {
    assertThat(verdict(7, 6, 0, true).holds()).isFalse();
    assertThat(verdict(7, 6, 50, true).holds()).isFalse();
    assertThat(verdict(7, 6, 50, false).lines()).last().isEqualTo("A promise is broken.");
  }

  @Test
  void doesNotHoldWhereMoreWasDeclaredThanIsMissing() {
    assertThat(verdict(6, 7, 0, true).holds()).isFalse();
  }

  @Test
  void whatWaitedInACopyThatCameBackMayBeDeclaredAndThere() {
    assertThat(verdict(6, 7, 1, true).holds()).isTrue();
    assertThat(verdict(6, 8, 1, true).holds()).isFalse();
  }

  @Test
  void aBrokerMayBringWhatWasDeclared() {
    assertThat(verdict(6, 8, 0, false).holds()).isTrue();
  }
}
