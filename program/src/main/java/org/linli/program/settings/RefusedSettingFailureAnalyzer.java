package org.linli.program.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports a refused setting. The exception's own message names the setting and its range. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusedSettingFailureAnalyzer
    extends AbstractFailureAnalyzer<IllegalArgumentException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, IllegalArgumentException cause) {
    String rule = cause.getMessage();
    if (rule == null || !rule.startsWith("linli.") && !rule.startsWith("LINLI_")) {
      return null;
    }
    return new FailureAnalysis(rule.endsWith(".") ? rule : rule + ".", null, cause);
  }
}
