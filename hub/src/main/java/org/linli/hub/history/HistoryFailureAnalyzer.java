package org.linli.hub.history;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains, in place of a stack trace, why the history of a hub that was just started cannot be
 * opened.
 */
class HistoryFailureAnalyzer extends AbstractFailureAnalyzer<HistoryStartException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, HistoryStartException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
