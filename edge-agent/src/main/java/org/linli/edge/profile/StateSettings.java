package org.linli.edge.profile;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limit of the known states.
 *
 * @param most how many states of devices are known at most, as far as heap and disk have room for
 *     them; {@value #LARGEST} at most
 */
@ConfigurationProperties("linli.states")
public record StateSettings(@DefaultValue("10000") int most) {

  private static final int LARGEST = 1_000_000;

  public StateSettings {
    if (most < 1 || most > LARGEST) {
      throw new IllegalArgumentException(
          "linli.states.most is %d: give 1 to %d, such as 10000".formatted(most, LARGEST));
    }
  }
}
