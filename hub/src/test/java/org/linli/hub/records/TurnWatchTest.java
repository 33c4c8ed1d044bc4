package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linli.hub.records.Turn.Sight;
import org.linli.hub.records.TurnWatch.Decision;

class TurnWatchTest {

  private static final String OTHER = "http://hub-1:8080";

  private final TurnWatch watch = new TurnWatch();
  private long now = 1;

  private static Sight held(long renewals) {
    return new Sight(true, false, 7, renewals, OTHER);
  }

  private static Sight free(long renewals) {
    return new Sight(true, true, 7, renewals, OTHER);
  }

  private Decision after(Duration pause, Sight sight) {
    now += pause.toNanos();
    return watch.decide(sight, now);
  }

  /** Looks once a second. */
  private Decision seeing(int seconds, Sight sight) {
    Decision last = after(Duration.ofSeconds(1), sight);
    for (int i = 0; i < seconds; i++) {
      last = after(Duration.ofSeconds(1), sight);
    }
    return last;
  }

  @Test
  void waitsForAHubThatRenewsItsRight() {
    for (int i = 0; i < 100; i++) {
      assertThat(after(Duration.ofSeconds(1), held(i))).isEqualTo(Decision.WAIT);
    }
  }

  @Test
  void endsTheConnectionOfASilentHubAndThenTakesOver() {
    assertThat(seeing(4, held(3))).isEqualTo(Decision.WAIT);
    assertThat(after(Duration.ofSeconds(1), held(3))).isEqualTo(Decision.END_WRITERS);
    assertThat(seeing(2, free(3))).isEqualTo(Decision.TAKE_OVER);
  }

  @Test
  void leavesAHubWhoseConnectionBrokeTimeToComeBack() {
    assertThat(seeing(1, free(3))).isEqualTo(Decision.WAIT);
    assertThat(seeing(4, held(4))).isEqualTo(Decision.WAIT);
    assertThat(seeing(2, free(4))).isEqualTo(Decision.TAKE_OVER);
  }

  /** A database that is away for a minute holds up the renewals of a healthy hub. */
  @Test
  void countsNoTimeInWhichItSawNothing() {
    assertThat(seeing(4, held(3))).isEqualTo(Decision.WAIT);
    assertThat(after(Duration.ofMinutes(1), held(3))).isEqualTo(Decision.WAIT);
    assertThat(after(Duration.ofMinutes(1), free(3))).isEqualTo(Decision.WAIT);
    assertThat(seeing(13, free(3))).as("the other one may come back").isEqualTo(Decision.WAIT);
    assertThat(seeing(2, free(3))).isEqualTo(Decision.TAKE_OVER);
  }

  @Test
  void neverEndsAHubOfAnEarlierVersionThatRenewsNothing() {
    Sight earlier = new Sight(true, false, 0, -1, "");
    assertThat(seeing(100, earlier)).isEqualTo(Decision.WAIT);
    assertThat(seeing(0, new Sight(true, true, 0, -1, ""))).isEqualTo(Decision.TAKE_OVER);
  }

  /** The command that moves records holds the lock, and renews nothing. */
  @Test
  void neverEndsWhoMovesRecordsThere() {
    assertThat(seeing(100, new Sight(true, false, 0, 0, ""))).isEqualTo(Decision.WAIT);
  }

  @Test
  void takesNewRecordsAtOnce() {
    assertThat(seeing(0, new Sight(true, true, 0, 0, ""))).isEqualTo(Decision.TAKE_OVER);
  }

  @Test
  void waitsWhileAnotherOneIsNext() {
    assertThat(seeing(100, new Sight(false, true, 7, 3, OTHER))).isEqualTo(Decision.WAIT);
    assertThat(seeing(0, free(3))).isEqualTo(Decision.WAIT);
  }
}
