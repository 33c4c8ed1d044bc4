package org.linli.hub.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.hub.registry.TestCommunities;

class ActorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "person:xiongguan/wang",
        "account:account~0011223344556677",
        "device:xiongguan/cellar:leak",
        "gateway:gateway-1",
        "program:api-token",
        "hub:system"
      })
  void isReadFromWhatIsStored(String stored) {
    Actor actor = Actor.parse(stored);

    assertThat(actor.stored()).isEqualTo(stored);
    assertThat(stored).startsWith(actor.kind().wireName() + ":").endsWith(actor.id());
  }

  @Test
  void isNotAnotherOfTheSameId() {
    assertThat(new Actor.Person(TestCommunities.SAMPLE, "wang"))
        .isNotEqualTo(new Actor.Account("wang"));
    assertThat(Actor.parse("person:xiongguan/wang")).isNotEqualTo(Actor.parse("account:wang"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wang",
        "",
        ":wang",
        "nobody:wang",
        "person:",
        "device:a b",
        "person:wang",
        "device:door-1",
        "person:/wang",
        "person:a/"
      })
  void isNotReadFromAnythingElse(String stored) {
    assertThatIllegalArgumentException().isThrownBy(() -> Actor.parse(stored));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb"})
  void hasAnIdThatCanBeWrittenDown(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Actor.Person(TestCommunities.SAMPLE, id));
    assertThatIllegalArgumentException().isThrownBy(() -> new Actor.Account(id));
    assertThatIllegalArgumentException().isThrownBy(() -> new Actor.Program("x".repeat(129)));
  }
}
