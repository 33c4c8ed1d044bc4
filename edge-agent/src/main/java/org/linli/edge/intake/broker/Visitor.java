package org.linli.edge.intake.broker;

import java.nio.file.Path;
import org.linli.event.GatewayId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * As whom the agent visits a broker, and where it notes what the broker keeps for it. The same
 * settings as the outbox's, which leans on this package and so cannot be asked.
 *
 * @param data folder for all state of this gateway ({@code LINLI_DATA})
 * @param gatewayId name of this gateway ({@code LINLI_GATEWAY_ID})
 */
@ConfigurationProperties("linli")
record Visitor(
    @DefaultValue("./data/agent") Path data, @DefaultValue("gateway-1") GatewayId gatewayId) {}
