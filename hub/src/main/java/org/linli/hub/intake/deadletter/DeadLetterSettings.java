package org.linli.hub.intake.deadletter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many dead letters the hub keeps.
 *
 * @param deadLetters how many of the newest batches and events are kept that could not be read,
 *     stored or used
 */
@ConfigurationProperties("linli.intake")
public record DeadLetterSettings(@DefaultValue("1000") int deadLetters) {

  public static final DeadLetterSettings DEFAULTS = new DeadLetterSettings(1_000);

  public DeadLetterSettings {
    if (deadLetters < 1 || deadLetters > 1_000_000) {
      throw new IllegalArgumentException(
          "linli.intake.dead-letters is " + deadLetters + "; choose 1 to 1000000.");
    }
  }
}
