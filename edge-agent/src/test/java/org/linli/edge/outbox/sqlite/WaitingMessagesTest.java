package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.springframework.util.unit.DataSize;

/** Who waits for the disk where not all can. */
class WaitingMessagesTest {

  private static final int ROOM = 100;

  private final WaitingMessages waiting =
      new WaitingMessages(OpenedOutbox.settings(ROOM, DataSize.ofKilobytes(64), 3));

  private static Interpreted from(String source, int bytes) {
    Refusal refusal = new Refusal(RefusalReason.NOT_JSON, "line 1");
    return new Interpreted.Refused(
        Message.unreadable(source, new byte[bytes], Offered.AT, refusal, new Offered()), refusal);
  }

  private static List<Interpreted> several(int number, String source) {
    return IntStream.range(0, number).mapToObj(i -> from(source, 10)).toList();
  }

  private List<Interpreted> everything() {
    List<Interpreted> all = new ArrayList<>();
    while (!waiting.isEmpty()) {
      all.addAll(waiting.take(7));
    }
    return all;
  }

  @Test
  void turnsTheNewestOfTheOneAwayThatHasMost() {
    List<Interpreted> flood = several(ROOM, "flood");
    flood.forEach(message -> assertThat(waiting.enter(message)).isEmpty());
    Interpreted other = from("other", 10);

    assertThat(waiting.enter(other)).containsExactly(flood.getLast());

    Interpreted more = from("flood", 10);
    assertThat(waiting.enter(more)).containsExactly(more);
    assertThat(everything())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, ROOM - 1)
                .mapToObj(i -> i == ROOM - 1 ? other : flood.get(i))
                .toList());
  }

  @Test
  void levelsThoseWhoCome() {
    several(ROOM, "flood").forEach(waiting::enter);
    for (int i = 0; i < ROOM; i++) {
      waiting.enter(from("other", 10));
    }

    assertThat(everything())
        .filteredOn(message -> message.message().source().equals("other"))
        .hasSize(ROOM / 2);
  }

  @Test
  void countsBytesAsWellAsEvents() {
    Interpreted first = from("flood", 30_000);
    Interpreted second = from("flood", 30_000);
    waiting.enter(first);
    waiting.enter(second);

    assertThat(waiting.enter(from("other", 20_000))).containsExactly(second);

    assertThat(waiting.take(1)).containsExactly(first);
  }

  @Test
  void letsInWhatIsLargerThanTheRoomWhereItIsAlone() {
    Interpreted large = from("other", 100_000);
    assertThat(waiting.enter(large)).isEmpty();
    Interpreted next = from("other", 1);
    assertThat(waiting.enter(next)).containsExactly(next);
    assertThat(everything()).containsExactly(large);
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void keepsManySourcesApart() {
    for (int i = 0; i < ROOM; i++) {
      waiting.enter(from("flood-" + i, 10));
    }
    Interpreted late = from("late", 10);
    assertThat(waiting.enter(late)).as("all have as much").containsExactly(late);
  }

  @Test
  void takesTheOldestFirstWhoeverComesAndGoes() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    List<Interpreted> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextInt(4) > 0) {
        Interpreted message = from("source-" + random.nextInt(5), 10);
        expected.add(message);
        expected.removeAll(waiting.enter(message));
      } else {
        int most = 1 + random.nextInt(ROOM / 2);
        List<Interpreted> oldest = expected.subList(0, Math.min(most, expected.size()));
        assertThat(waiting.take(most)).containsExactlyElementsOf(oldest);
        oldest.clear();
      }
    }
    assertThat(waiting.take(ROOM)).containsExactlyElementsOf(expected);
    assertThat(waiting.isEmpty()).isTrue();
  }
}
