package org.linli.program.settings;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Explains a value of the wrong type, such as {@code ture}, and says what to write. */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class WrongValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, BindException cause) {
    @Nullable ConfigurationProperty property = cause.getProperty();
    if (property == null || findCause(cause, ConversionException.class) == null) {
      return null;
    }
    String name = property.getName().toString();
    @Nullable String variable = variable(property.getOrigin());
    String shown = variable == null ? name : variable + " (" + name + ")";
    Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(cause.getTarget().getType().toClass());
    return new FailureAnalysis(
        "%s is '%s': %s."
            .formatted(
                shown,
                property.getValue(),
                expected(type, cause.getTarget().getAnnotation(Least.class), root)),
        null,
        cause);
  }

  private static @Nullable String variable(@Nullable Origin origin) {
    return switch (origin) {
      case SystemEnvironmentOrigin given -> given.getProperty();
      case PropertySourceOrigin given
          when given.getPropertySource() instanceof SystemEnvironmentPropertySource ->
          given.getPropertyName();
      case null, default -> null;
    };
  }

  private static String expected(Class<?> type, @Nullable Least least, Throwable root) {
    if (type == Boolean.class) {
      return "write true or false";
    }
    if (Number.class.isAssignableFrom(type)) {
      return "write a whole number";
    }
    if (type == Duration.class) {
      return "write a time such as 200ms, 10s, 5m, 24h or 7d";
    }
    if (type == DataSize.class) {
      return least == null
          ? "write a size such as 64KB, 256MB or 1GB"
          : "write a size such as %s, which is the least".formatted(least.value());
    }
    if (type == URI.class) {
      return "write an address such as mqtt://host:port";
    }
    if (type == InetAddress.class) {
      return "write an address of this machine such as 127.0.0.1";
    }
    if (type == ZoneId.class) {
      return "write a time zone such as Asia/Shanghai";
    }
    return String.valueOf(root.getMessage());
  }
}
