package org.linli.program.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the exception's own sentences; there is nothing to add. */
final class UnknownSettingsFailureAnalyzer
    extends AbstractFailureAnalyzer<UnknownSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnknownSettingsException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
