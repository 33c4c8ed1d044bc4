package org.linli.hub.history;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever starts a hub why its history cannot be opened, in place of a stack trace. */
class HistoryFailureAnalyzer extends AbstractFailureAnalyzer<HistoryStartException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, HistoryStartException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
