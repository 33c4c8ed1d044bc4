package org.linli.hub.console.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The stream of changes; how long they are kept is the feed's.
 *
 * @param listeners listeners at once; a further one is told to come back
 * @param heartbeat pause after which a comment is sent, so that a broken connection is noticed
 */
@ConfigurationProperties("linli.stream")
record StreamSettings(
    @DefaultValue("200") int listeners, @DefaultValue("15s") Duration heartbeat) {}
