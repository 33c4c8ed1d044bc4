package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final int MOST = 6;
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Place> inside = new ArrayList<>();
  private final List<Place> gone = new ArrayList<>();
  private final Places places = new Places(MOST, nanos::get, () -> START.plusNanos(nanos.get()));

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
    assertThat(places.enter(late)).isFalse();
    assertThat(gone).isEmpty();

    inside.get(3).rests();
    in("10.0.0.1");
    assertThat(gone).containsExactly(inside.get(3));
  }

  @Test
  void saysSinceWhenAllPlacesAreTakenUntilNobodyWantedOneForTenMinutes() {
    for (int i = 0; i < MOST; i++) {
      in("10.0.0.1");
    }
    assertThat(places.crowdedSince()).describedAs("as many as there are places").isEmpty();
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    in("10.0.0.2");
    Instant began = START.plusNanos(nanos.get());
    assertThat(gone).hasSize(1);
    nanos.addAndGet(Duration.ofMinutes(9).toNanos());
    in("10.0.0.3");
    nanos.addAndGet(Duration.ofMinutes(9).toNanos());
    assertThat(places.crowdedSince()).contains(began);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(places.crowdedSince()).isEmpty();
    in("10.0.0.4");
    assertThat(places.crowdedSince()).contains(START.plusNanos(nanos.get()));
  }

  @Test
  void saysItAlsoWhereNobodyCanGoForWhoIsTurnedAway() {
    for (int i = 0; i < MOST; i++) {
      in("10.0.0.1").published();
    }
    assertThat(places.enter(new Place("10.0.0.2", () -> {}, nanos::get))).isFalse();
    assertThat(places.crowdedSince()).contains(START.plusNanos(nanos.get()));
    assertThat(places.putOut()).isZero();
  }

  @Test
  void leavesThoseAloneThatAreNotInYetOrAlreadyGoing() {
    List<Place> slow = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Place place = new Place("10.0.0.1", () -> {}, nanos::get);
      assertThat(places.enter(place)).isTrue();
      slow.add(place);
    }
    Place late = new Place("10.0.0.1", () -> {}, nanos::get);
    assertThat(places.enter(late)).isFalse();
    places.letIn(slow.getFirst());
    assertThat(places.enter(late)).isTrue();
    Place later = new Place("10.0.0.1", () -> {}, nanos::get);
    assertThat(places.enter(later)).describedAs("one goes already").isFalse();

    places.left(slow.getFirst());
    assertThat(places.enter(later)).describedAs("nobody else is in yet").isFalse();
    places.left(slow.getLast());
    assertThat(places.enter(later)).isTrue();
  }

  @Test
  void letsWhoBeganToPublishStayAndPutsOutTheNext() {
    List<Place> told = new ArrayList<>();
    List<Place> all = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      List<Place> self = new ArrayList<>();
      Place place = new Place("10.0.0.1", () -> told.addAll(self), nanos::get);
      self.add(place);
      all.add(place);
      assertThat(places.enter(place)).isTrue();
      nanos.incrementAndGet();
      places.letIn(place);
    }
    assertThat(places.enter(new Place("10.0.0.2", () -> {}, nanos::get))).isTrue();
    assertThat(told).containsExactly(all.getFirst());
    all.getFirst().published();
    places.stays(all.getFirst());

    assertThat(places.enter(new Place("10.0.0.2", () -> {}, nanos::get))).isTrue();
    assertThat(told).containsExactly(all.get(0), all.get(1));
  }

  @Test
  void aTakeOverNeedsNoPlaceOfItsOwn() {
    List<Place> all = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      all.add(in("10.0.0.1"));
    }
    for (int i = 0; i < 3 * MOST; i++) {
      Place next = new Place("10.0.0.1", () -> {}, nanos::get);
      places.enterFor(all.set(0, next), next);
      places.letIn(next);
    }
    assertThat(gone).isEmpty();
    all.forEach(places::left);
    for (int i = 0; i < MOST; i++) {
      in("10.0.0.1");
    }
    assertThat(gone).describedAs("every place was given back").isEmpty();
  }

  /** A crowd as large as a gateway carries comes anew, as often as a second lets it. */
  @Test
  void aNewcomerCostsNoMoreWhereManyAreIn() {
    int most = 5_000;
    Places full = new Places(most, nanos::get, InstantSource.fixed(START));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 200_000; i++) {
            nanos.incrementAndGet();
            List<Place> self = new ArrayList<>();
            Place place =
                new Place("10.0.%d.1".formatted(i % 7), () -> self.forEach(full::left), nanos::get);
            self.add(place);
            assertThat(full.enter(place)).isTrue();
            full.letIn(place);
          }
        });
    assertThat(full.putOut()).isEqualTo(200_000 - most);
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
              self.forEach(places::left);
              gone.addAll(self);
            },
            nanos::get);
    self.add(place);
    assertThat(places.enter(place)).isTrue();
    places.letIn(place);
    inside.add(place);
    return place;
  }
}
