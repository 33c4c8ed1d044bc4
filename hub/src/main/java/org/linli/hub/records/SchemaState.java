package org.linli.hub.records;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * How the steps that records have gone compare with those that this version knows.
 *
 * @param unknown a step of a newer version; null if there is none
 * @param missing the first step of this version that they have not gone; null if there is none
 * @param failed a step that did not end; null if there is none
 * @param newest the last step that they have gone; 0 for none
 */
public record SchemaState(
    @Nullable String unknown, @Nullable String missing, @Nullable String failed, String newest) {

  static SchemaState of(MigrationInfo[] steps) {
    return new SchemaState(
        first(steps, step -> step.getState().isApplied() && !step.getState().isResolved()),
        first(steps, step -> step.getState().isResolved() && isPending(step)),
        first(steps, step -> step.getState().isFailed()),
        newest(steps, step -> step.getState().isApplied()));
  }

  /**
   * Returns whether a step, as {@link #newest} says it, comes after all that this version knows.
   */
  public static boolean isBeyondThisVersion(String step) {
    SQLiteDataSource nothing = new SQLiteDataSource();
    nothing.setUrl("jdbc:sqlite::memory:");
    String known =
        newest(
            Flyway.configure().dataSource(nothing).load().info().all(),
            each -> each.getState().isResolved());
    return MigrationVersion.fromVersion(step).compareTo(MigrationVersion.fromVersion(known)) > 0;
  }

  private static String newest(MigrationInfo[] steps, Predicate<MigrationInfo> condition) {
    return Arrays.stream(steps)
        .filter(condition)
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(MigrationVersion::getVersion)
        .orElse("0");
  }

  private static boolean isPending(MigrationInfo step) {
    return switch (step.getState()) {
      case PENDING, OUTDATED -> true;
      default -> false;
    };
  }

  private static @Nullable String first(MigrationInfo[] steps, Predicate<MigrationInfo> condition) {
    return Arrays.stream(steps)
        .filter(condition)
        .map(step -> "%s (%s)".formatted(step.getVersion(), step.getDescription()))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether they are of this version. */
  public boolean isKnown() {
    return Stream.of(unknown, missing, failed).allMatch(step -> step == null);
  }
}
