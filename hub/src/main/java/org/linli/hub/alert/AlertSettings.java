package org.linli.hub.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts are raised.
 *
 * @param tick time between two looks for alerts that have become due, such as a fire lane occupied
 *     for three minutes
 */
@ConfigurationProperties("linli.alert")
record AlertSettings(@DefaultValue("1s") Duration tick) {}
