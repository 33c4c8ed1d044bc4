package org.linli.hub.records.keeping;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.SchemaState;
import org.springframework.core.NestedExceptionUtils;

/**
 * What a check of the records found. The check only reads, and reads the state of one moment, so it
 * can run beside a hub.
 *
 * @param faults the first faults of each kind and table
 * @param others how many more there are
 */
public record Verification(List<Fault> faults, long others) {

  /** Of one kind in one table; a screen is enough to see what is wrong. */
  private static final int MOST_OF_A_KIND = 20;

  public Verification {
    faults = List.copyOf(faults);
  }

  public boolean isWhole() {
    return faults.isEmpty();
  }

  /**
   * Checks the records.
   *
   * @param progress is told how many of how many steps are done
   * @throws org.linli.hub.records.RecordsUnavailableException when they cannot be opened
   */
  public static Verification of(RecordsPlace place, BiConsumer<Integer, Integer> progress) {
    Checks checks = new Checks();
    List<Invariant> invariants = Invariant.all();
    try (Connection connection = place.read()) {
      progress.accept(0, invariants.size() + 1);
      for (String damage : place.damage(connection)) {
        checks.found("damage", place.toString(), damage);
      }
      SchemaState schema = place.schema();
      checks.foundStep("schema-newer", schema.unknown());
      checks.foundStep("schema-older", schema.missing());
      checks.foundStep("schema-failed", schema.failed());
      if (schema.isKnown()) {
        for (int i = 0; i < invariants.size(); i++) {
          progress.accept(i + 1, invariants.size() + 1);
          checks.check(connection, invariants.get(i));
        }
      }
      connection.rollback();
    } catch (SQLException | FlywayException e) {
      checks.found(
          "unreadable",
          place.toString(),
          String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
    }
    return new Verification(checks.faults, checks.others);
  }

  private static final class Checks {

    private final List<Fault> faults = new ArrayList<>();
    private long others;

    void found(String kind, String table, String key) {
      faults.add(new Fault(kind, table, key));
    }

    void foundStep(String kind, @Nullable String step) {
      Stream.ofNullable(step).forEach(each -> found(kind, "flyway_schema_history", each));
    }

    void check(Connection connection, Invariant invariant) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(invariant.query())) {
        for (int i = 0; rows.next(); i++) {
          if (i < MOST_OF_A_KIND) {
            found(invariant.kind(), invariant.table(), rows.getString(1));
          } else {
            others++;
          }
        }
      }
    }
  }
}
