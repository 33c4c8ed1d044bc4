package org.linli.program.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The exception's own sentences are all there is to say. */
final class UnknownSettingsFailureAnalyzer
    extends AbstractFailureAnalyzer<UnknownSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnknownSettingsException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
