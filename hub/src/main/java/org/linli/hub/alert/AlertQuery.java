package org.linli.hub.alert;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.rules.Severity;

/**
 * Selects alerts, newest first.
 *
 * @param community only alerts of this community; null for all, and for those of none
 * @param statuses any of these; empty for all
 * @param severities any of these; empty for all
 * @param grid only alerts of this grid; null for all
 * @param kind only alerts of this {@link AlertSource#kind}; null for all
 * @param before only alerts older than the one with this id, {@link AlertPage#next} of the page
 *     before; null for the first page
 * @param limit the most alerts in one page, 1 to {@value #MAX_LIMIT}
 * @throws IllegalArgumentException from the constructor when {@code limit} is out of range
 */
public record AlertQuery(
    @Nullable CommunityId community,
    Set<AlertStatus> statuses,
    Set<Severity> severities,
    @Nullable String grid,
    @Nullable String kind,
    @Nullable String before,
    int limit) {

  public static final int MAX_LIMIT = 500;

  public AlertQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", 1 to " + MAX_LIMIT + " are allowed");
    }
    statuses = Set.copyOf(statuses);
    severities = Set.copyOf(severities);
  }
}
