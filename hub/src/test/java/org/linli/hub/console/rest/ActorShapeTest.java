package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linli.hub.console.ActorNames;
import org.linli.hub.console.NamesOfTests;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.TestCommunities;

class ActorShapeTest {

  private final ActorNames names =
      NamesOfTests.of(TestCommunities.sample(), account -> Optional.empty());

  @Test
  void saysWhoIsGone() {
    assertThat(ActorShape.of(new Actor.Person(TestCommunities.SAMPLE, "former"), names))
        .isEqualTo(new ActorShape("person", "former", "xiongguan", null, true));
    assertThat(ActorShape.of(new Actor.Account("account~2"), names))
        .isEqualTo(new ActorShape("account", "account~2", null, null, true));
    assertThat(ActorShape.of(new Actor.Person(TestCommunities.SAMPLE, "wang"), names))
        .isEqualTo(new ActorShape("person", "wang", "xiongguan", "王芳", false));
  }

  @Test
  void theHubIsNeverGone() {
    assertThat(ActorShape.of(Actor.HUB, names))
        .isEqualTo(new ActorShape("hub", "system", null, null, false));
  }
}
