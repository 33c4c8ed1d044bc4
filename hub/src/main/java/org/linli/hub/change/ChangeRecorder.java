package org.linli.hub.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.hub.change.ChangeRecords.Changed;
import org.linli.hub.change.ChangeRecords.Draft;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records what a transaction changes. The rows are written last before the commit. They therefore
 * exist if and only if it commits, and without what is rolled back to a savepoint.
 *
 * <p>If a transaction has more than {@value #MOST} changes, none of them is recorded: readers have
 * to read everything again, which is no more work than that.
 */
@Component
public class ChangeRecorder {

  /** The most changes of one transaction. */
  public static final int MOST = 5_000;

  private final ChangeRecords records;
  private final ChangeFeed feed;

  ChangeRecorder(ChangeRecords records, ChangeFeed feed) {
    this.records = records;
    this.feed = feed;
  }

  private record Subject(ChangeKind kind, String id) {}

  private record Recorded(Subject subject, @Nullable Long version) {}

  /** What one transaction changes. */
  private final class Recording implements TransactionSynchronization {

    private final List<Recorded> changes = new ArrayList<>();

    /**
     * Whether there were more changes than are kept. It stays true even if some of them are undone.
     */
    private boolean isTooMuch;

    /**
     * The number of changes when each savepoint was made; a savepoint from before the first change
     * is missing.
     */
    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();

    private boolean isWritten;

    /** The last id of this transaction; 0 if it has none. */
    private long last;

    private void add(Recorded change) {
      if (isWritten) {
        throw new IllegalStateException(
            "a change of " + change.subject() + " comes after the rows of its transaction");
      }
      if (changes.size() == MOST) {
        isTooMuch = true;
        changes.clear();
      }
      if (!isTooMuch) {
        changes.add(change);
      }
    }

    @Override
    public void savepoint(Object savepoint) {
      savepoints.put(savepoint, changes.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
      int kept = Math.min(savepoints.getOrDefault(savepoint, 0), changes.size());
      changes.subList(kept, changes.size()).clear();
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      isWritten = true;
      if (isTooMuch) {
        last = records.leaveOut();
      } else if (!changes.isEmpty()) {
        last = records.append(drafts());
      }
    }

    /**
     * Returns each subject once, with its last version, in the order in which they were first
     * recorded.
     */
    private List<Draft> drafts() {
      Map<Subject, Changed> newest = new LinkedHashMap<>();
      changes.forEach(
          change ->
              newest.put(change.subject(), new Changed(change.subject().id(), change.version())));
      List<Draft> drafts = new ArrayList<>();
      Map<ChangeKind, List<Changed>> unfilled = new HashMap<>();
      newest.forEach(
          (subject, changed) -> {
            ChangeKind kind = subject.kind();
            List<Changed> together =
                unfilled.computeIfAbsent(
                    kind,
                    _ -> {
                      List<Changed> begun = new ArrayList<>();
                      drafts.add(new Draft(kind.name(), begun));
                      return begun;
                    });
            together.add(changed);
            if (together.size() == kind.together()) {
              unfilled.remove(kind);
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
      if (status == STATUS_COMMITTED && last > 0) {
        feed.committed(last);
      }
    }
  }

  /**
   * Records a change of a subject that has versions.
   *
   * @param version present version of the subject; grows with each of its changes
   * @throws IllegalStateException outside a transaction
   */
  public void record(ChangeKind kind, String subject, long version) {
    recording(kind).add(new Recorded(new Subject(kind, subject), version));
  }

  /**
   * Records a change of a subject that has no versions of its own.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void record(ChangeKind kind, String subject) {
    recording(kind).add(new Recorded(new Subject(kind, subject), null));
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
