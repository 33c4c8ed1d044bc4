package org.linli.hub.console;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NavigationEntryTest {

  @Test
  void refusesAPathThatLeadsElsewhereAndAnEmptyLabel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NavigationEntry("https://example.org", "devices.heading"))
        .withMessageContaining("'https://example.org'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NavigationEntry("/duty", " "))
        .withMessageContaining("/duty has no label");
  }
}
