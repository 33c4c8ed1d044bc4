package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

  private final Turn turn = new Turn();
  private final List<String> started = new ArrayList<>();

  @Test
  void oneIsStartedAtATimeAndOfThoseThatWaitTheLast() {
    for (String name : List.of("first", "second", "third", "fourth")) {
      turn.begin(() -> started.add(name));
    }
    assertThat(started).containsExactly("first");

    turn.ended();
    assertThat(started).containsExactly("first", "fourth");
    turn.ended();
    turn.begin(() -> started.add("fifth"));
    assertThat(started).containsExactly("first", "fourth", "fifth");
  }
}
