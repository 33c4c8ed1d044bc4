package org.linli.hub.intake.sequence;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many applied events the hub recognises.
 *
 * @param rememberedEvents how many of the newest events of each gateway are recognised when it
 *     sends them again in a new epoch
 */
@ConfigurationProperties("linli.intake")
public record SequenceSettings(@DefaultValue("100000") int rememberedEvents) {

  public static final SequenceSettings DEFAULTS = new SequenceSettings(100_000);

  public SequenceSettings {
    if (rememberedEvents < 0 || rememberedEvents > 10_000_000) {
      throw new IllegalArgumentException(
          "linli.intake.remembered-events is " + rememberedEvents + "; choose 0 to 10000000.");
    }
  }
}
