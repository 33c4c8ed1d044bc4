package org.linli.hub.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows whether the machine may have lost its power, or its operating system, since the hub last
 * ran. What a process wrote outlives the process, but outlives the machine only once it is synced:
 * after a {@code kill -9} everything is as it was, after a power cut only what was on disk.
 *
 * <p>Linux gives each of its boots an id (random(4), {@code /proc/sys/kernel/random/boot_id}). If
 * there is none, every unclean shutdown counts as a power cut.
 */
@Component
public class PowerRecord {

  private final JdbcClient client;
  private final String boot;

  private record LastRun(String boot, boolean settled) {}

  PowerRecord(JdbcClient client, RecordsSettings settings) {
    this.client = client;
    this.boot = bootId(settings.bootId());
  }

  private static String bootId(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException thereIsNone) {
      return "unknown-" + UUID.randomUUID();
    }
  }

  /** Returns whether what the last run did not sync may be gone. */
  public boolean mayHaveGone() {
    Optional<LastRun> last =
        client
            .sql("SELECT boot, settled FROM power WHERE id = 1")
            .query((row, number) -> new LastRun(row.getString("boot"), row.getInt("settled") == 1))
            .optional();
    return last.filter(run -> !run.settled() && !run.boot().equals(boot)).isPresent();
  }

  /** Notes that from here on something may be written that is not synced. */
  public void running() {
    keep(false);
  }

  /** Notes that everything written is synced and no more is written. */
  public void settled() {
    keep(true);
  }

  private void keep(boolean settled) {
    client
        .sql(
            """
            INSERT INTO power (id, boot, settled) VALUES (1, :boot, :settled)
            ON CONFLICT (id) DO UPDATE SET boot = EXCLUDED.boot, settled = EXCLUDED.settled
            """)
        .param("boot", boot)
        .param("settled", settled ? 1 : 0)
        .update();
  }
}
