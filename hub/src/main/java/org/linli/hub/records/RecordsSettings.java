package org.linli.hub.records;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub keeps what it knows.
 *
 * @param data folder for all state (LINLI_DATA), made where it is missing
 * @param databaseUrl address of a PostgreSQL database (LINLI_DATABASE_URL); reserved, and refused
 *     by this version
 * @param databaseWait longest wait for the database when another one holds it
 * @param bootId file with an id that each boot of this machine has anew
 */
@ConfigurationProperties("linli")
record RecordsSettings(
    @DefaultValue("./data/hub") Path data,
    @Nullable String databaseUrl,
    @DefaultValue("5s") Duration databaseWait,
    @DefaultValue("/proc/sys/kernel/random/boot_id") Path bootId) {}
