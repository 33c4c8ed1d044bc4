package org.linli.program.folder;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains on the console why the program does not start, instead of a stack trace. */
final class DataFolderRefusedAnalyzer extends AbstractFailureAnalyzer<DataFolderRefusedException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DataFolderRefusedException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
