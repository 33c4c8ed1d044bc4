package org.linli.edge;

import org.linli.edge.intake.CannotListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a door that cannot be opened. The exception's own message says all there is to say. */
final class CannotListen extends AbstractFailureAnalyzer<CannotListenException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, CannotListenException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
