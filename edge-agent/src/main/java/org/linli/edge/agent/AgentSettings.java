package org.linli.edge.agent;

import java.nio.file.Path;
import org.linli.event.GatewayId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway's name, and the agent's data folder.
 *
 * @param data folder for all state of this gateway ({@code LINLI_DATA}); created if it is missing,
 *     used by one agent at a time
 * @param gatewayId name of this gateway, unique at its hub ({@code LINLI_GATEWAY_ID})
 */
@ConfigurationProperties("linli")
public record AgentSettings(
    @DefaultValue("./data/agent") Path data, @DefaultValue("gateway-1") GatewayId gatewayId) {}
