package org.linli.edge.profile.zkteco;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for ZKTeco's terminals.
 *
 * @param people whether events contain user numbers and card numbers
 */
@ConfigurationProperties("linli.profile.zkteco")
record ZktecoSettings(@DefaultValue("false") boolean people) {}
