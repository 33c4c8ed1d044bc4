package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linli.program.settings.KnownSettings;
import org.linli.program.settings.SettingNames;

/** The names that the build found in the code are those that Spring Boot reads. */
class SettingNamesTest {

  private static final KnownSettings KNOWN = KnownSettings.load();

  @Test
  void everySettingThatSpringBootReadsIsKnown() {
    assertThat(SettingNames.of(EdgeAgentApplication.class))
        .hasSizeGreaterThan(30)
        .allMatch(KNOWN::isProperty);
  }
}
