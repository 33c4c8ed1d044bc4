package org.linli.hub.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.linli.hub.HubApplication;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The feature uses only what the other packages of the hub publish, and none of them uses it. */
class PlaceTest {

  /** The hub that tests start reaches into the hub. Maven gives it as a jar, or as a folder. */
  private static final ImportOption NO_TESTS_OF_THE_HUB =
      classes -> !classes.contains("-tests.jar") && !classes.contains("/hub/target/test-classes/");

  @Test
  void usesOnlyWhatOthersPublish() {
    ApplicationModules hub = ApplicationModules.of(HubApplication.class, NO_TESTS_OF_THE_HUB);
    ApplicationModule trial = hub.getModuleByName("trial").orElseThrow();

    hub.verify();
    assertThat(hub.stream().filter(other -> !other.equals(trial)))
        .hasSizeGreaterThan(10)
        .noneMatch(other -> other.getDirectDependencies(hub).containsModuleNamed("trial"));
  }
}
