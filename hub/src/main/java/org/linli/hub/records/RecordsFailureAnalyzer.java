package org.linli.hub.records;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever starts a hub why its records cannot be opened, in place of a stack trace. */
class RecordsFailureAnalyzer extends AbstractFailureAnalyzer<RecordsUnavailableException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, RecordsUnavailableException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
