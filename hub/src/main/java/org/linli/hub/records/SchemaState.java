package org.linli.hub.records;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * How the steps that records have gone compare with those that this version knows.
 *
 * @param unknown a step of a newer version; null if there is none
 * @param missing the first step of this version that they have not gone; null if there is none
 * @param failed a step that did not end; null if there is none
 */
public record SchemaState(
    @Nullable String unknown, @Nullable String missing, @Nullable String failed) {

  static SchemaState of(MigrationInfo[] steps) {
    return new SchemaState(
        first(steps, step -> step.getState().isApplied() && !step.getState().isResolved()),
        first(steps, step -> step.getState().isResolved() && isPending(step)),
        first(steps, step -> step.getState().isFailed()));
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
