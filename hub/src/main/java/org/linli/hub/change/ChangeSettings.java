package org.linli.hub.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long changes are kept for those who read them.
 *
 * @param keep changes; beyond that the oldest go
 * @param keepFor how long a change is kept, in time that the hub runs
 */
@ConfigurationProperties("linli.stream")
record ChangeSettings(@DefaultValue("10000") int keep, @DefaultValue("24h") Duration keepFor) {}
