package org.linli.hub;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A setting that its record turned down: the record's own words name it and its range. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BadSetting extends AbstractFailureAnalyzer<ConfigurationPropertiesBindException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable root, ConfigurationPropertiesBindException cause) {
    IllegalArgumentException refusal = findCause(cause, IllegalArgumentException.class);
    String rule = refusal == null ? null : refusal.getMessage();
    if (rule == null || !rule.startsWith("linli.") && !rule.startsWith("LINLI_")) {
      return null;
    }
    return new FailureAnalysis(rule.endsWith(".") ? rule : rule + ".", null, cause);
  }
}
