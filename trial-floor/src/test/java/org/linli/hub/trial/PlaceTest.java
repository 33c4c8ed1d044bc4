package org.linli.hub.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linli.hub.HubApplication;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The floor uses only what the other packages of the hub publish, and none of them uses it. */
class PlaceTest {

  @Test
  void usesOnlyWhatOthersPublish() {
    ApplicationModules hub = ApplicationModules.of(HubApplication.class);
    ApplicationModule trial = hub.getModuleByName("trial").orElseThrow();

    hub.verify();
    assertThat(hub.stream().filter(other -> !other.equals(trial)))
        .hasSizeGreaterThan(10)
        .noneMatch(other -> other.getDirectDependencies(hub).containsModuleNamed("trial"));
  }
}
