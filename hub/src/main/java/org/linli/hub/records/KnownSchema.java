package org.linli.hub.records;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Brings the records to the schema that this version knows, and refuses records that a newer
 * version has already changed.
 */
@Component
class KnownSchema implements FlywayMigrationStrategy {

  @Override
  public void migrate(Flyway flyway) {
    Arrays.stream(flyway.info().all())
        .filter(migration -> migration.getState().isApplied() && !migration.getState().isResolved())
        .findFirst()
        .ifPresent(KnownSchema::refuse);
    flyway.migrate();
  }

  private static void refuse(MigrationInfo unknown) {
    throw new RecordsUnavailableException(
        "The records were changed by a newer Linli: this one does not know step %s (%s)."
            .formatted(unknown.getVersion(), unknown.getDescription()),
        "Start the newer version, or restore the data folder from before the update.");
  }
}
