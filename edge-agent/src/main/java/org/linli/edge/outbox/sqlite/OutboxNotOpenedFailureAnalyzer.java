package org.linli.edge.outbox.sqlite;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints on the console why the agent does not start, instead of a stack trace. */
final class OutboxNotOpenedFailureAnalyzer
    extends AbstractFailureAnalyzer<OutboxNotOpenedException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, OutboxNotOpenedException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
