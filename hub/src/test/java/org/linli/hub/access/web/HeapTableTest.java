package org.linli.hub.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/bounds.md with what a hub's heap carries is what the hub computes. */
class HeapTableTest {

  @ParameterizedTest
  @ValueSource(longs = {256, 512, 1024})
  void saysHowManyConnectionsAHeapCarries(long megabytes) throws IOException {
    int carried = WebServerConfiguration.mostOf(null, megabytes << 20);

    // The gateway's row of the same heap stands above.
    assertThat(Files.readString(Path.of("..", "docs", "bounds.md")))
        .contains("| `%dm` | %d | ".formatted(megabytes, carried));
  }
}
