package org.linli.hub.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the intake remembers.
 *
 * @param deadLetters how many of the newest batches and events are kept that could not be read,
 *     stored or used
 * @param rememberedEvents how many of the newest events of each gateway are recognised when it
 *     sends them again in a new epoch
 */
@ConfigurationProperties("linli.intake")
record IntakeSettings(
    @DefaultValue("1000") int deadLetters, @DefaultValue("100000") int rememberedEvents) {

  static final IntakeSettings DEFAULTS = new IntakeSettings(1_000, 100_000);

  IntakeSettings {
    if (deadLetters < 1 || deadLetters > 1_000_000) {
      throw new IllegalArgumentException(
          "linli.intake.dead-letters is " + deadLetters + "; choose 1 to 1000000.");
    }
    if (rememberedEvents < 0 || rememberedEvents > 10_000_000) {
      throw new IllegalArgumentException(
          "linli.intake.remembered-events is " + rememberedEvents + "; choose 0 to 10000000.");
    }
  }
}
