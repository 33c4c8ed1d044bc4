package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.event.Kind;
import org.linli.event.LeavesNoThreads;

@Isolated("it looks at the threads of the whole process")
@ExtendWith(LeavesNoThreads.class)
class StoppingTest {

  /** Again, as what only the first one makes may be meant to stay. */
  @RepeatedTest(2)
  void aHubThatAppliedAndStopsLeavesNoThread(@TempDir Path data) {
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
      assertThat(hub.json("/api/v1/ledger").get("applied").asLong()).isEqualTo(1);
    }
  }
}
