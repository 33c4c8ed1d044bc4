package org.linli.hub.records;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub keeps its records.
 *
 * @param data folder for all state (LINLI_DATA), created if it is missing
 * @param databaseUrl address of a PostgreSQL database (LINLI_DATABASE_URL); reserved, and refused
 *     by this version
 * @param databaseWait longest wait for the database when another connection holds it
 * @param bootId file with an id that is new for each boot of this machine
 * @param records what to do with the records at this start
 */
@ConfigurationProperties("linli")
record RecordsSettings(
    @DefaultValue("./data/hub") Path data,
    @Nullable String databaseUrl,
    @DefaultValue("5s") Duration databaseWait,
    @DefaultValue("/proc/sys/kernel/random/boot_id") Path bootId,
    @DefaultValue AtStart records) {

  private static final String CONFIRM = "confirm";

  /**
   * @param beginAnew {@value #CONFIRM} begins new records in a folder whose earlier ones are
   *     missing
   */
  record AtStart(@Nullable String beginAnew) {

    AtStart {
      if (beginAnew != null && !beginAnew.equals(CONFIRM)) {
        throw new IllegalArgumentException(
            ("linli.records.begin-anew is '%s': write 'confirm' to begin without the records that"
                    + " are missing, or leave it out")
                .formatted(beginAnew));
      }
    }

    boolean isNewBeginningConfirmed() {
      return beginAnew != null;
    }
  }
}
