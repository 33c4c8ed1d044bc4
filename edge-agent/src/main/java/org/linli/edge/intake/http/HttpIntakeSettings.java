package org.linli.edge.intake.http;

import java.time.Duration;
import org.linli.program.settings.Least;
import org.linli.program.settings.SettingFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the HTTP door for devices; {@code server.address} and {@code server.port} say where
 * it listens.
 *
 * @param maxMessageSize largest body that is read
 * @param patience how long a request waits for the disk before it is answered 503
 * @param requestTimeout longest time from a request's first byte to the end of its answer, after
 *     which its connection is closed
 * @param retryAfter after what time a device that cannot be served now is asked to try again
 */
@ConfigurationProperties("linli.http")
public record HttpIntakeSettings(
    @Least("1KB") @DefaultValue("256KB") DataSize maxMessageSize,
    @DefaultValue("10s") Duration patience,
    @DefaultValue("30s") Duration requestTimeout,
    @DefaultValue("5s") Duration retryAfter) {

  public HttpIntakeSettings {
    require(
        maxMessageSize.toBytes() >= 1_024 && maxMessageSize.toMegabytes() < 64,
        "max-message-size",
        maxMessageSize,
        "must lie between 1KB and 64MB");
    require(patience.toMillis() >= 1, "patience", patience, "must be more than 0");
    require(
        requestTimeout.compareTo(patience) > 0,
        "request-timeout",
        requestTimeout,
        "must be longer than patience");
    require(retryAfter.toSeconds() >= 1, "retry-after", retryAfter, "must be at least 1s");
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linli.http.%s is %s, and %s".formatted(key, SettingFormat.of(value), rule));
    }
  }
}
