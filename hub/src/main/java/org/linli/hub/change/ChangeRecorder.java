package org.linli.hub.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.change.ChangeRecords.Changed;
import org.linli.hub.change.ChangeRecords.Draft;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.LastWrite;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records what a transaction changes. The rows are written last before the commit, after what other
 * parts do in their {@code beforeCommit}. They therefore exist if and only if it commits, and
 * without what is rolled back to a savepoint.
 *
 * <p>If a transaction changes more than {@value #MOST} subjects, none of them is recorded: readers
 * have to read everything again, which is no more work than that. A subject that changes again
 * counts once.
 */
@Component
public class ChangeRecorder {

  /** The most subjects that one transaction changes. */
  public static final int MOST = 5_000;

  /**
   * The most versions that one transaction remembers in order to undo work. Beyond it nothing is
   * recorded either, as beyond {@link #MOST}.
   */
  static final int MOST_EARLIER = 4 * MOST;

  private final ChangeRecords records;
  private final ChangeFeed feed;

  ChangeRecorder(ChangeRecords records, ChangeFeed feed) {
    this.records = records;
    this.feed = feed;
  }

  /** Changes of one kind and community are shown together. */
  private record Group(ChangeKind kind, @Nullable CommunityId community)
      implements Comparable<Group> {

    @Override
    public int compareTo(Group other) {
      int byKind = kind.name().compareTo(other.kind.name());
      return byKind != 0
          ? byKind
          : CommunityRecords.stored(community).compareTo(CommunityRecords.stored(other.community));
    }
  }

  private record Subject(Group group, String id) implements Comparable<Subject> {

    /** Keeps hash tables fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Subject other) {
      int byId = id.compareTo(other.id);
      return byId != 0 ? byId : group.compareTo(other.group);
    }
  }

  /**
   * A savepoint, and what was recorded of subjects when it was made: of those that changed after it
   * and before the next savepoint. Empty for a subject that had not changed by then.
   */
  private record Savepoint(Object name, Map<Subject, Optional<Changed>> earlier) {}

  /** What one transaction changes. */
  private final class Recording implements LastWrite {

    /** Each subject with its last version, in the order in which they were first recorded. */
    private final Map<Subject, Changed> newest = new LinkedHashMap<>();

    /**
     * Whether there were more subjects than are kept. It stays true even if some of them are
     * undone.
     */
    private boolean isTooMuch;

    /** In the order in which they were made; one from before the first change is missing. */
    private final List<Savepoint> savepoints = new ArrayList<>();

    /** The number of versions that the savepoints remember. */
    private int earlier;

    private boolean isWritten;

    /** The last id of this transaction; 0 if it has none. */
    private long last;

    private void add(Subject subject, Changed changed) {
      if (isWritten) {
        throw new IllegalStateException(
            "a change of " + subject + " comes after the rows of its transaction");
      }
      if (isTooMuch) {
        return;
      }
      Optional<Changed> before = Optional.ofNullable(newest.put(subject, changed));
      if (!savepoints.isEmpty()
          && savepoints.getLast().earlier().putIfAbsent(subject, before) == null) {
        earlier++;
      }
      if (newest.size() > MOST || earlier > MOST_EARLIER) {
        isTooMuch = true;
        newest.clear();
        savepoints.clear();
      }
    }

    @Override
    public void savepoint(Object savepoint) {
      if (!isTooMuch) {
        savepoints.add(new Savepoint(savepoint, new HashMap<>()));
      }
    }

    @Override
    public void savepointRollback(Object savepoint) {
      if (savepoints.stream().noneMatch(made -> made.name().equals(savepoint))) {
        newest.clear();
        savepoints.clear();
        earlier = 0;
        return;
      }
      while (!savepoints.getLast().name().equals(savepoint)) {
        undo(savepoints.removeLast());
      }
      undo(savepoints.getLast());
    }

    private void undo(Savepoint savepoint) {
      savepoint
          .earlier()
          .forEach(
              (subject, before) ->
                  before.ifPresentOrElse(
                      changed -> newest.put(subject, changed), () -> newest.remove(subject)));
      earlier -= savepoint.earlier().size();
      savepoint.earlier().clear();
    }

    @Override
    public void writeLast() {
      isWritten = true;
      if (isTooMuch) {
        last = records.leaveOut();
      } else if (!newest.isEmpty()) {
        last = records.append(drafts());
      }
    }

    /** Returns the subjects by the changes that they form. */
    private List<Draft> drafts() {
      List<Draft> drafts = new ArrayList<>();
      Map<Group, List<Changed>> unfilled = new HashMap<>();
      newest.forEach(
          (subject, changed) -> {
            Group group = subject.group();
            List<Changed> together =
                unfilled.computeIfAbsent(
                    group,
                    _ -> {
                      List<Changed> begun = new ArrayList<>();
                      drafts.add(new Draft(group.kind().name(), group.community(), begun));
                      return begun;
                    });
            together.add(changed);
            if (together.size() == group.kind().together()) {
              unfilled.remove(group);
            }
          });
      return drafts;
    }

    /**
     * Runs after the work of others that follows the commit directly, and before the next
     * transaction begins.
     */
    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(ChangeRecorder.this);
      if (last > 0) {
        if (status == STATUS_COMMITTED) {
          feed.committed(last);
        } else {
          feed.inDoubt();
        }
      }
      if (status == STATUS_COMMITTED && !isWritten) {
        throw new IllegalStateException(
            "changes of " + newest.keySet() + " come after the commit and are not recorded");
      }
    }
  }

  /**
   * Records a change of a subject that has versions.
   *
   * @param community whose it is; null for what belongs to no community
   * @param version present version of the subject; grows with each of its changes
   * @throws IllegalStateException outside a transaction
   */
  public void record(
      ChangeKind kind, @Nullable CommunityId community, String subject, long version) {
    recording(kind).add(subject(kind, community, subject), new Changed(subject, version));
  }

  /**
   * Records a change of a subject that has no versions of its own.
   *
   * @param community whose it is; null for what belongs to no community
   * @throws IllegalStateException outside a transaction
   */
  public void record(ChangeKind kind, @Nullable CommunityId community, String subject) {
    recording(kind).add(subject(kind, community, subject), new Changed(subject, null));
  }

  private static Subject subject(ChangeKind kind, @Nullable CommunityId community, String subject) {
    return new Subject(new Group(kind, community), subject);
  }

  private Recording recording(ChangeKind kind) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a change of " + kind.name() + " needs a transaction");
    }
    Recording recording = (Recording) TransactionSynchronizationManager.getResource(this);
    if (recording == null) {
      recording = new Recording();
      TransactionSynchronizationManager.bindResource(this, recording);
      TransactionSynchronizationManager.registerSynchronization(recording);
    }
    return recording;
  }
}
