package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestOutbox;
import org.linli.edge.profile.TestProfiles;

/** Messages of own mappings that come again, as a whole or a part of them. */
class MappedRepeatsTest {

  private static final String WITH_IDS =
      """
      mappings:
        - name: panel
          topic: panels/+
          kind: environment
          each: points
          device: $topic[1]
          otherwise: ignore
          events:
            - {type: smoke.detected, when: 'state = "alarm"', change: state, id: id}
            - {type: measurement, when: 'door', change: door, values: {door: door}}
            - {type: smoke.cleared, when: 'state = "normal"', change: state}
      """;

  /** Each point of a message is a repeat or not by itself. */
  @Test
  void aPointThatCameLateSwallowsNoAlarmAndWithdrawsNoOther(@TempDir Path folder) {
    TestProfiles profiles = TestMappings.of(WITH_IDS);
    try (TestOutbox outbox = new TestOutbox(folder)) {
      assertThat(outbox.takes(panel(profiles, "'zone':1,'state':'alarm','id':'a1'")))
          .containsExactly("smoke.detected");
      assertThat(outbox.takes(panel(profiles, "'zone':1,'state':'normal'")))
          .containsExactly("smoke.cleared");

      assertThat(
              outbox.takes(
                  panel(
                      profiles,
                      "'zone':1,'state':'alarm','id':'a1'",
                      "'zone':2,'state':'alarm','id':'a2'")))
          .as("the first of them came again late")
          .containsExactly("smoke.detected");
      assertThat(outbox.takes(panel(profiles, "'zone':1,'state':'alarm','id':'a3'")))
          .containsExactly("smoke.detected");

      assertThat(
              outbox.takes(
                  panel(profiles, "'zone':1,'state':'alarm','id':'a1'", "'zone':3,'door':'open'")))
          .containsExactly("measurement");
      assertThat(outbox.takes(panel(profiles, "'zone':3,'door':'open'")))
          .as("was told, beside an alarm that came again late")
          .isEmpty();
    }
  }

  private static Interpreted panel(TestProfiles profiles, String... points) {
    return profiles.published(
        "panels/p-1", "{'points':[{%s}]}".formatted(String.join("},{", points)).replace('\'', '"'));
  }
}
