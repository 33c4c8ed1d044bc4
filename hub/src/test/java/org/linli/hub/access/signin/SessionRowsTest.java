package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.access.signin.SessionRows.Kept;
import org.linli.hub.records.TestRecords;

/** However many sessions are begun, the file has so many. */
class SessionRowsTest {

  @Test
  void keepsThoseThatWereUsedLast(@TempDir Path folder) {
    try (TestRecords records = new TestRecords(folder)) {
      SessionRows file = new SessionRows(records.folder(), records.shared());
      for (int i = 0; i < 20; i++) {
        file.add("hash-" + i, new Kept("somebody", "proof", Instant.ofEpochSecond(i)));
      }

      file.deleteAllBut(5);

      assertThat(file.find("hash-14")).isEmpty();
      assertThat(file.find("hash-15")).isPresent();
      assertThat(file.find("hash-19")).isPresent();
      file.close();
    }
  }
}
