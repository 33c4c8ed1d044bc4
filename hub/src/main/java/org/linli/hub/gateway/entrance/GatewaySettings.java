package org.linli.hub.gateway.entrance;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How gateways reach the hub: through its own MQTT 5 endpoint, or through an existing broker.
 *
 * @param address address to listen on; any address but loopback means plain text on a network and
 *     causes a warning
 * @param port port to listen on, 0 for any free one
 * @param inFlight most batches that a gateway may send before the first is acknowledged (MQTT 5
 *     Receive Maximum)
 * @param maxBatch largest packet accepted (MQTT 5 Maximum Packet Size)
 * @param broker address of an MQTT 5 broker to use instead of the endpoint, {@code
 *     mqtt://host:port}
 * @param brokerClient client id at that broker, under which the broker keeps messages while the hub
 *     is away
 * @param brokerUser user name at that broker
 * @param brokerPassword password at that broker
 * @param brokerSession how long that broker keeps messages while the hub is away
 */
@ConfigurationProperties("linli.gateway")
public record GatewaySettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("2883") int port,
    @DefaultValue("16") int inFlight,
    @DefaultValue("4MB") DataSize maxBatch,
    @Nullable URI broker,
    @DefaultValue("linli-hub") String brokerClient,
    @Nullable String brokerUser,
    @Nullable String brokerPassword,
    @DefaultValue("7d") Duration brokerSession) {

  public GatewaySettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "linli.gateway.port is " + port + "; choose 0 to 65535, 0 for any free one.");
    }
    if (inFlight < 1 || inFlight > 65_535) {
      throw new IllegalArgumentException(
          "linli.gateway.in-flight is " + inFlight + "; choose 1 to 65535.");
    }
    if (broker != null
        && (!"mqtt".equals(broker.getScheme())
            || broker.getHost() == null
            || broker.getPort() < 1)) {
      throw new IllegalArgumentException(
          "linli.gateway.broker is '" + broker + "'; write it as mqtt://host:port.");
    }
  }
}
