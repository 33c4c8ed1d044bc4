package org.linli.hub.change;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/**
 * What changed in one transaction: one subject, or several of one kind.
 *
 * @param id increases by one, in the order of the commits
 * @param at when it was recorded, in milliseconds that the hub had run
 * @param kind name of a {@link ChangeKind}
 * @param community whose all subjects are; null for what belongs to no community
 * @param subjects each once, however often it changed in that transaction
 */
public record Change(
    long id, long at, String kind, @Nullable CommunityId community, List<Subject> subjects) {

  public Change {
    subjects = List.copyOf(subjects);
  }

  /**
   * Something that changed.
   *
   * @param id unique within its kind and community
   * @param version grows with each change of this subject: the record's own version if it has one,
   *     otherwise the id of the change
   */
  public record Subject(String id, long version) {}

  /** Returns a change of one of its subjects alone. */
  Change of(Subject subject) {
    return new Change(id, at, kind, community, List.of(subject));
  }
}
