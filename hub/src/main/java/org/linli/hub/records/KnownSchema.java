package org.linli.hub.records;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Brings the records to the schema that this version knows, and refuses records that a newer
 * version has already changed.
 */
@Component
class KnownSchema implements FlywayMigrationStrategy {

  private final RecordsDatabase database;

  KnownSchema(RecordsDatabase database) {
    this.database = database;
  }

  @Override
  public void migrate(Flyway flyway) {
    try {
      Arrays.stream(flyway.info().all())
          .filter(
              migration -> migration.getState().isApplied() && !migration.getState().isResolved())
          .findFirst()
          .ifPresent(KnownSchema::refuse);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new RecordsUnavailableException(
          "The records cannot be brought to this version: "
              + NestedExceptionUtils.getMostSpecificCause(e).getMessage()
              + ".",
          database.remedy(),
          e);
    }
  }

  private static void refuse(MigrationInfo unknown) {
    throw new RecordsUnavailableException(
        "The records were changed by a newer Linli: this one does not know step %s (%s)."
            .formatted(unknown.getVersion(), unknown.getDescription()),
        "Start the newer version, or restore the records from before the update.");
  }
}
