package org.linli.edge.intake.broker;

import java.nio.file.Path;
import org.linli.event.GatewayId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway's identity at a broker, and where it records the session that the broker keeps. The
 * settings are the same as the outbox's, which depends on this package and so cannot be asked.
 *
 * @param data folder for all state of this gateway ({@code LINLI_DATA})
 * @param gatewayId name of this gateway ({@code LINLI_GATEWAY_ID})
 */
@ConfigurationProperties("linli")
record Visitor(
    @DefaultValue("./data/agent") Path data, @DefaultValue("gateway-1") GatewayId gatewayId) {}
