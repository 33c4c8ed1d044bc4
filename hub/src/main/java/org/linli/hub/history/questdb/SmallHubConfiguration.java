package org.linli.hub.history.questdb;

import io.questdb.DefaultTelemetryConfiguration;
import io.questdb.TelemetryConfiguration;
import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.std.FilesFacade;
import java.nio.file.Path;

/**
 * QuestDB's settings for one hub on one small machine: every commit is on disk before it returns,
 * and buffers fit a community and not a data centre.
 */
final class SmallHubConfiguration extends DefaultCairoConfiguration {

  private static final int KIB = 1024;

  /** rwx------ in the form that mkdir(2) takes. */
  private static final int FOR_THE_OWNER = 0700;

  private static final TelemetryConfiguration NO_TELEMETRY =
      new DefaultTelemetryConfiguration() {
        @Override
        public boolean getDisableCompletely() {
          return true;
        }

        @Override
        public boolean getEnabled() {
          return false;
        }
      };

  private final FilesFacade files;

  SmallHubConfiguration(Path folder, FilesFacade files) {
    // Set before the parent's constructor, which reads it.
    this.files = files;
    super(folder.toString());
  }

  @Override
  public int getCommitMode() {
    return CommitMode.SYNC;
  }

  @Override
  public FilesFacade getFilesFacade() {
    return files;
  }

  @Override
  public int getMkDirMode() {
    return FOR_THE_OWNER;
  }

  @Override
  public TelemetryConfiguration getTelemetryConfiguration() {
    return NO_TELEMETRY;
  }

  @Override
  public boolean getLogSqlQueryProgressExe() {
    return false;
  }

  @Override
  public boolean isMatViewEnabled() {
    return false;
  }

  // Each open column of each write-ahead segment, partition and late batch holds a page of this
  // size.

  @Override
  public long getWalDataAppendPageSize() {
    return 128 * KIB;
  }

  @Override
  public long getDataAppendPageSize() {
    return 512 * KIB;
  }

  @Override
  public int getO3ColumnMemorySize() {
    return 256 * KIB;
  }

  // A page of events is found after looking at this many rows, not at a million.
  @Override
  public int getSqlPageFrameMaxRows() {
    return 100_000;
  }

  // By default, each statement compiler gets pools for far longer statements than ours, 12 MB of
  // them, and stays. There are as many compilers as statements were compiled at one time. The pools
  // grow when needed.

  @Override
  public int getSqlModelPoolCapacity() {
    return 16;
  }

  @Override
  public int getSqlExpressionPoolCapacity() {
    return 256;
  }

  @Override
  public int getSqlLexerPoolCapacity() {
    return 128;
  }

  @Override
  public int getViewLexerPoolCapacity() {
    return 8;
  }

  @Override
  public int getSqlColumnPoolCapacity() {
    return 256;
  }
}
