package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConflatedWorkTest {

  private final ConflatedWork work = new ConflatedWork();
  private final List<String> started = new ArrayList<>();

  @Test
  void oneIsStartedAtATimeAndOfThoseThatWaitTheLast() {
    for (String name : List.of("first", "second", "third", "fourth")) {
      work.begin(() -> started.add(name));
    }
    assertThat(started).containsExactly("first");

    work.ended();
    assertThat(started).containsExactly("first", "fourth");
    work.ended();
    work.begin(() -> started.add("fifth"));
    assertThat(started).containsExactly("first", "fourth", "fifth");
  }
}
