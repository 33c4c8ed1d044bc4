package org.linli.hub.records;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub keeps its records.
 *
 * @param data folder for all state (LINLI_DATA), created if it is missing
 * @param databaseUrl address of the PostgreSQL database that has the records (LINLI_DATABASE_URL);
 *     none for SQLite in the folder
 * @param databaseUser as whom the hub comes to that database
 * @param databasePassword password of that user
 * @param consoleUri under which address people reach this hub's console, for those who come to
 *     another hub of the same database (LINLI_CONSOLE_URI)
 * @param databaseWait longest wait for the database when another connection holds it
 * @param bootId file with an id that is new for each boot of this machine
 * @param records what to do with the records at this start
 */
@ConfigurationProperties("linli")
record RecordsSettings(
    @DefaultValue("./data/hub") Path data,
    @Nullable String databaseUrl,
    @Nullable String databaseUser,
    @Nullable String databasePassword,
    @Nullable URI consoleUri,
    @DefaultValue("5s") Duration databaseWait,
    @DefaultValue("/proc/sys/kernel/random/boot_id") Path bootId,
    @DefaultValue AtStart records) {

  private static final String CONFIRM = "confirm";

  RecordsSettings {
    if (isBlank(databaseUrl) && !(isBlank(databaseUser) && isBlank(databasePassword))) {
      throw new IllegalArgumentException(
          "LINLI_DATABASE_USER or LINLI_DATABASE_PASSWORD is set, but no LINLI_DATABASE_URL: set it"
              + " to jdbc:postgresql://HOST:PORT/DATABASE, or leave all three out");
    }
    if (consoleUri != null && !(isWeb(consoleUri.getScheme()) && consoleUri.getHost() != null)) {
      throw new IllegalArgumentException(
          "LINLI_CONSOLE_URI (linli.console-uri) is '%s': write it as https://HOST or http://HOST:PORT"
              .formatted(consoleUri));
    }
  }

  private static boolean isWeb(@Nullable String scheme) {
    return "http".equals(scheme) || "https".equals(scheme);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Returns the PostgreSQL database to use; null for SQLite. */
  @Nullable DatabaseAddress database() {
    return databaseUrl == null || databaseUrl.isBlank()
        ? null
        : DatabaseAddress.of(databaseUrl, databaseUser, databasePassword);
  }

  /** Without the database's address and password, so that they do not get into a log. */
  @Override
  public String toString() {
    return "RecordsSettings[data=%s, databaseWait=%s, bootId=%s, records=%s]"
        .formatted(data, databaseWait, bootId, records);
  }

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
