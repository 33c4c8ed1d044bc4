package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Reply;

/** Wills that become due while their clients come back. */
class WillsTest {

  private final List<String> published = new ArrayList<>();
  private final List<Reply> replies = new ArrayList<>();
  private final Set<String> letIn = new HashSet<>();
  private Consumer<String> meanwhile = client -> {};
  private long now;

  private final Wills wills =
      new Wills(
          (will, reply) -> {
            published.add(will.client());
            replies.add(reply);
            meanwhile.accept(will.client());
          },
          () -> now,
          1 << 20,
          letIn::contains);

  private static Will will(String client, Duration delay) {
    return new Will("mqtt://" + client, client, "linli/access/" + client, new byte[0], delay);
  }

  private void leaves(String client, Duration delay) {
    wills.left(client, will(client, delay), Duration.ofDays(1));
  }

  private void pass(Duration time) {
    now += time.toNanos();
    wills.publishDue();
  }

  @Test
  void aClientThatIsBackWhileOthersArePublishedHasNoWill() {
    for (String client : List.of("a", "b", "c")) {
      leaves(client, Duration.ofSeconds(5));
    }
    meanwhile = client -> wills.back("b", true);

    pass(Duration.ofSeconds(5));

    assertThat(published).containsExactly("a", "c");
  }

  @Test
  void aWillIsTriedAgainWhileItsClientIsNotLetIn() {
    leaves("a", Duration.ZERO);
    replies.getLast().unavailable("the disk is full");
    pass(Duration.ofSeconds(1));
    assertThat(published).hasSize(2);

    letIn.add("a");
    replies.getLast().unavailable("the disk is full");
    pass(Duration.ofMinutes(5));
    assertThat(published).as("it is back").hasSize(2);
  }

  @Test
  void aWillThatIsTriedAgainIsWithdrawnWhenItsClientIsLetIn() {
    leaves("a", Duration.ZERO);
    replies.getLast().unavailable("the disk is full");
    wills.back("a", false);
    pass(Duration.ofMinutes(5));
    assertThat(published).hasSize(1);
    assertThat(wills.held()).isZero();
  }
}
