package org.linli.hub;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a setting that was refused by its record or by its user; the message of the exception
 * names it and its range.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BadSetting extends AbstractFailureAnalyzer<IllegalArgumentException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, IllegalArgumentException cause) {
    String rule = cause.getMessage();
    if (rule == null || !rule.startsWith("linli.") && !rule.startsWith("LINLI_")) {
      return null;
    }
    return new FailureAnalysis(rule.endsWith(".") ? rule : rule + ".", null, cause);
  }
}
