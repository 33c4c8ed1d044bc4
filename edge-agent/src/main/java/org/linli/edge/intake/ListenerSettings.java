package org.linli.edge.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of every listener.
 *
 * @param allowPlainText whether listeners without TLS may be reached from other machines ({@code
 *     LINLI_ALLOW_PLAIN_TEXT})
 */
@ConfigurationProperties("linli")
public record ListenerSettings(@DefaultValue("false") boolean allowPlainText) {}
