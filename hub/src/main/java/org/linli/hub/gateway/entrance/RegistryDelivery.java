package org.linli.hub.gateway.entrance;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.codec.EquipmentReportCodec;
import org.linli.event.codec.EquipmentReportCodec.Decoded;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.registry.RegistryChanged;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Brings the registry to the connected gateways, and their reports about it to the hub. A failure
 * for one gateway is logged. It stops neither the other gateways nor other work for this one, which
 * receives what it lacks when it reports next.
 */
@Component
class RegistryDelivery extends Ticker {

  private static final Logger log = LoggerFactory.getLogger(RegistryDelivery.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

  private final GatewayRegistries registries;

  /** For each connected gateway, the function that sends it a message. */
  private final Map<GatewayId, Consumer<byte[]>> connected = new ConcurrentHashMap<>();

  private final Map<GatewayId, Guard> guards = new ConcurrentHashMap<>();
  private final LivingThreads threads;

  RegistryDelivery(GatewayRegistries registries, LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "registry-epochs", LOOKS_EVERY);
    this.registries = registries;
    this.threads = threads;
  }

  private void guarded(GatewayId gateway, Runnable work) {
    boolean _ =
        guards
            .computeIfAbsent(
                gateway, own -> threads.guard("registry-of-gateway-" + own, own.value()))
            .run(work);
  }

  /**
   * Tells a gateway that came online which version of the registry is current.
   *
   * @param down sends a message to the gateway
   */
  void online(GatewayId gateway, Consumer<byte[]> down) {
    connected.put(gateway, down);
    guarded(
        gateway, () -> registries.greeting(gateway).ifPresent(registry -> send(registry, down)));
  }

  void offline(GatewayId gateway) {
    connected.remove(gateway);
  }

  /** Takes a gateway's report about the registry, and sends it what it lacks. */
  void reported(GatewayId gateway, byte[] payload, Consumer<byte[]> down) {
    guarded(gateway, () -> take(gateway, payload, down));
  }

  private void take(GatewayId gateway, byte[] payload, Consumer<byte[]> down) {
    switch (EquipmentReportCodec.decode(payload)) {
      case Decoded.Read(EquipmentReport report) when report.gateway().equals(gateway) ->
          registries.reported(gateway, report).ifPresent(registry -> send(registry, down));
      case Decoded.Read(EquipmentReport report) ->
          limited
              .atWarn(gateway.value())
              .addKeyValue("gateway", gateway)
              .addKeyValue("names", report.gateway())
              .log("A report of equipment names another gateway; it is not used");
      case Decoded.Refused(String detail) ->
          limited
              .atWarn(gateway.value())
              .addKeyValue("gateway", gateway)
              .addKeyValue("cause", detail)
              .log("A report of equipment cannot be read; it is not used");
    }
  }

  @EventListener
  void changed(RegistryChanged change) {
    connected.forEach(
        (gateway, down) ->
            guarded(
                gateway,
                () -> registries.news(gateway).ifPresent(registry -> send(registry, down))));
  }

  /** Sends a new version to gateways that hold a later one than the hub's and had to wait. */
  @Override
  protected void look() {
    for (GatewayId gateway : registries.followLater()) {
      Consumer<byte[]> down = connected.get(gateway);
      if (down != null) {
        guarded(gateway, () -> registries.news(gateway).ifPresent(news -> send(news, down)));
      }
    }
  }

  private static void send(GatewayRegistry registry, Consumer<byte[]> down) {
    byte[] frame;
    try {
      frame = GatewayRegistryCodec.encode(registry);
    } catch (IllegalArgumentException tooLarge) {
      limited
          .atError("too large " + registry.gateway())
          .addKeyValue("gateway", registry.gateway())
          .addKeyValue("cause", tooLarge.getMessage())
          .log("A gateway cannot be told its registry");
      return;
    }
    down.accept(frame);
  }
}
