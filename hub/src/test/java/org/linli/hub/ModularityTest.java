package org.linli.hub;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

  @Test
  void featuresUseOnlyWhatOthersPublishAndMakeNoCycle() {
    ApplicationModules.of(HubApplication.class).verify();
  }
}
