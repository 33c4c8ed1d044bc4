package org.linli.edge;

import org.linli.edge.intake.CannotListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A door that cannot be opened: the exception's own sentence is all there is to say. */
final class CannotListen extends AbstractFailureAnalyzer<CannotListenException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, CannotListenException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
