package org.linli.edge.picture;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the pictures that come with events; beyond either the oldest are removed.
 *
 * @param quota most bytes of all of them together; 0 keeps none
 * @param maxAge longest time that one is kept
 */
@ConfigurationProperties("linli.pictures")
public record PictureSettings(
    @DefaultValue("256MB") DataSize quota, @DefaultValue("7d") Duration maxAge) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(3_650);

  public PictureSettings {
    if (quota.isNegative()) {
      throw new IllegalArgumentException("linli.pictures.quota must be at least 0B");
    }
    if (maxAge.compareTo(SHORTEST) < 0 || maxAge.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("linli.pictures.max-age must lie between 1m and 3650d");
    }
  }
}
