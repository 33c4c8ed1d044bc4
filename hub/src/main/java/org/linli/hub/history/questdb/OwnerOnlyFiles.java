package org.linli.hub.history.questdb;

import io.questdb.std.FilesFacadeImpl;
import io.questdb.std.str.LPSZ;
import io.questdb.std.str.Utf8s;
import java.io.IOException;
import java.nio.file.Path;
import org.linli.program.folder.OwnerOnly;

/**
 * QuestDB creates its files readable for everybody (0644); here each file is created for its owner
 * first.
 */
class OwnerOnlyFiles extends FilesFacadeImpl {

  @Override
  public long openAppend(LPSZ name) {
    make(name);
    return super.openAppend(name);
  }

  @Override
  public long openCleanRW(LPSZ name, long size) {
    make(name);
    return super.openCleanRW(name, size);
  }

  @Override
  public long openRW(LPSZ name, int options) {
    make(name);
    return super.openRW(name, options);
  }

  @Override
  public boolean touch(LPSZ name) {
    make(name);
    return super.touch(name);
  }

  @Override
  public int copy(LPSZ from, LPSZ to) {
    make(to);
    return super.copy(from, to);
  }

  private void make(LPSZ name) {
    if (exists(name)) {
      return;
    }
    try {
      OwnerOnly.create(Path.of(Utf8s.stringFromUtf8Bytes(name)));
    } catch (IOException refused) {
      // QuestDB meets the same error when it opens the file, and handles it.
    }
  }
}
