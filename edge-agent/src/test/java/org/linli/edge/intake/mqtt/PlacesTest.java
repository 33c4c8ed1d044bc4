package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final int MOST = 6;

  private final AtomicLong nanos = new AtomicLong();
  private final List<Place> taken = new ArrayList<>();
  private final List<Place> gone = new ArrayList<>();
  private final Places places = new Places(MOST, nanos::get);

  @Test
  void putsOutWhoHasPublishedNothingForTheLongestOfTheAddressWithMost() {
    Place device = in("10.0.0.1");
    Place first = in("10.0.0.9");
    Place second = in("10.0.0.9");
    Place third = in("10.0.0.9");
    first.published();
    first.rests();
    Place fourth = in("10.0.0.9");
    in("10.0.0.1");
    assertThat(gone).isEmpty();

    in("10.0.0.2");
    in("10.0.0.2");
    assertThat(gone).describedAs("never published, the oldest").containsExactly(second, third);
    in("10.0.0.9");
    assertThat(gone).describedAs("level now: of its own address").endsWith(fourth);
    in("10.0.0.9");
    in("10.0.0.9");
    assertThat(gone).doesNotContain(device, first);
    assertThat(places.putOut()).isEqualTo(gone.size());
  }

  @Test
  void putsOutNobodyWhoseMessageIsOnItsWay() {
    for (int i = 0; i < MOST; i++) {
      in("10.0.0.1").published();
    }
    Place late = new Place("10.0.0.1", () -> {}, nanos::get);
    assertThat(places.makeRoom(taken, late)).isFalse();
    assertThat(gone).isEmpty();

    taken.get(3).rests();
    in("10.0.0.1");
    assertThat(gone).hasSize(1);
  }

  @Test
  void leavesThoseAloneThatAreNotInYetOrAlreadyGoing() {
    List<Place> slow = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Place place = new Place("10.0.0.1", () -> {}, nanos::get);
      taken.add(place);
      slow.add(place);
    }
    Place late = new Place("10.0.0.1", () -> {}, nanos::get);
    assertThat(places.makeRoom(taken, late)).isFalse();
    slow.getFirst().letIn();
    assertThat(places.makeRoom(taken, late)).isTrue();
    taken.add(late);
    assertThat(places.makeRoom(taken, late)).describedAs("one goes already").isFalse();
  }

  @Test
  void countsAHalfSecondsOldPublishForMoreThanNone() {
    Place active = in("10.0.0.1");
    active.published();
    active.rests();
    for (int i = 1; i < MOST; i++) {
      in("10.0.0.1");
    }
    for (int i = 0; i < 3 * MOST; i++) {
      nanos.addAndGet(Duration.ofMinutes(5).toNanos());
      in("10.0.0.1");
    }
    assertThat(gone).hasSize(3 * MOST).doesNotContain(active);
  }

  private Place in(String network) {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    List<Place> self = new ArrayList<>();
    Place place =
        new Place(
            network,
            () -> {
              taken.removeAll(self);
              gone.addAll(self);
            },
            nanos::get);
    self.add(place);
    assertThat(places.makeRoom(List.copyOf(taken), place)).isTrue();
    place.letIn();
    taken.add(place);
    return place;
  }
}
