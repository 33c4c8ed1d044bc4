package org.linli.hub.history.questdb;

import io.questdb.std.str.LPSZ;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The disk, with a record of which files are locked on it. QuestDB can lose track of a file that it
 * has locked if the disk fails at the wrong moment; only another process could then write the table
 * again.
 */
class LockedFiles extends OwnerOnlyFiles {

  private final Set<Long> locked = ConcurrentHashMap.newKeySet();

  @Override
  public int lock(long fd) {
    int answer = super.lock(fd);
    if (answer == 0) {
      locked.add(fd);
    }
    return answer;
  }

  @Override
  public boolean close(long fd) {
    locked.remove(fd);
    return super.close(fd);
  }

  @Override
  public boolean closeRemove(long fd, LPSZ name) {
    locked.remove(fd);
    return super.closeRemove(fd, name);
  }

  @Override
  public void fsyncAndClose(long fd) {
    locked.remove(fd);
    super.fsyncAndClose(fd);
  }

  /**
   * Releases what is still locked. To be called only while no database is open.
   *
   * @return how many files
   */
  int unlockAll() {
    int left = 0;
    for (Long fd : Set.copyOf(locked)) {
      close(fd);
      left++;
    }
    return left;
  }
}
