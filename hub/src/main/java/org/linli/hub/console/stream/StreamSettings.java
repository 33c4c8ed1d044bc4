package org.linli.hub.console.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the stream of changes; how long changes are kept is a setting of the feed.
 *
 * @param listeners listeners at once; a further one is told to retry later
 * @param heartbeat pause after which a comment is sent, so that a broken connection is noticed
 */
@ConfigurationProperties("linli.stream")
record StreamSettings(@DefaultValue("200") int listeners, @DefaultValue("15s") Duration heartbeat) {

  private static final int MOST = 10_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  StreamSettings {
    if (listeners < 1 || listeners > MOST) {
      throw new IllegalArgumentException(
          "linli.stream.listeners is %d: set it to between 1 and %d".formatted(listeners, MOST));
    }
    if (heartbeat.compareTo(SHORTEST) < 0 || heartbeat.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "linli.stream.heartbeat is %s: set it to between 1s and 1m".formatted(heartbeat));
    }
  }
}
