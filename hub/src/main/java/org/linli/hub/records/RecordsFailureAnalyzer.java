package org.linli.hub.records;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains, in place of a stack trace, why the records of a hub that was just started cannot be
 * opened.
 */
class RecordsFailureAnalyzer extends AbstractFailureAnalyzer<RecordsUnavailableException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, RecordsUnavailableException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
