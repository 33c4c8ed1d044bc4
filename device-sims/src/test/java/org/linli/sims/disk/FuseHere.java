package org.linli.sims.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** For tests that need a disk of their own. */
public final class FuseHere {

  private FuseHere() {}

  /** Skips a test, with the reason, where there is no FUSE, and fails it where CI asks for one. */
  public static void assume() {
    Optional<String> obstacle = PowerCutDisk.unsupported();
    if ("true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))) {
      assertThat(obstacle).as("LINLI_REQUIRE_CONTAINERS asks for it").isEmpty();
    }
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
  }
}
