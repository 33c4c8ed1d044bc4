package org.linli.edge.registry;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.UnregisteredDevice;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.event.codec.GatewayRegistryCodec.Decoded;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The registry from the hub. A new version is written to disk before it is used, and then used at
 * once. If it cannot be used, the previous one stays in use. After a start the one on disk is used,
 * whether or not the hub can be reached.
 *
 * <p>Lookups are thread-safe and never block; {@link #heard} is for one thread.
 */
@Component
public final class Registry implements KnownDevices {

  private static final Logger log = LoggerFactory.getLogger(Registry.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final GatewayId gateway;
  private final RegistryFile file;
  private final UnregisteredDevices unregistered = new UnregisteredDevices();
  private volatile State state = new State(null, null);
  private volatile Named named = Named.NOBODY;

  /**
   * The registry in use.
   *
   * @param holds with its content; null if there is none
   * @param problem why the newest from the hub is not used: a sentence; null if it is
   */
  private record State(@Nullable GatewayRegistry holds, @Nullable String problem) {}

  @Autowired
  public Registry(AgentSettings settings) {
    this(settings.gatewayId(), new RegistryFile(settings.data()));
  }

  Registry(GatewayId gateway, RegistryFile file) {
    this.gateway = gateway;
    this.file = file;
    try {
      file.read().ifPresent(this::begin);
    } catch (IOException e) {
      begin(new Decoded.Refused(e.toString()));
    }
  }

  private void begin(Decoded kept) {
    switch (kept) {
      case Decoded.Read(GatewayRegistry registry)
          when registry.gateway().equals(gateway) && registry.content() != null ->
          use(registry, registry.content());
      case Decoded.Read(GatewayRegistry registry) ->
          trouble("the file registry is of " + registry.gateway());
      case Decoded.Refused(String detail) -> trouble("the file registry cannot be used: " + detail);
    }
  }

  /** Takes a message of the hub on {@code down}. */
  public void heard(byte[] bytes) {
    switch (GatewayRegistryCodec.decode(bytes)) {
      case Decoded.Refused(String detail) -> trouble("what the hub sent is not used: " + detail);
      case Decoded.Read(GatewayRegistry told) -> {
        if (told.gateway().equals(gateway)) {
          heard(told);
        } else {
          trouble("what the hub sent is not used: it is for " + told.gateway());
        }
      }
    }
  }

  private void heard(GatewayRegistry told) {
    GatewayRegistry holds = state.holds();
    RegistryVersion version = told.version();
    if (holds != null && !version.isAfter(holds.version())) {
      if (version.equals(holds.version())) {
        state = new State(holds, null);
      }
      return;
    }
    RegistryContent content = told.content();
    if (content == null && holds != null && version.digest().equals(holds.version().digest())) {
      content = holds.content();
    }
    if (content != null) {
      keep(new GatewayRegistry(gateway, version, content), content);
    }
  }

  private void keep(GatewayRegistry registry, RegistryContent content) {
    try {
      file.write(registry);
    } catch (IOException e) {
      trouble("registry %s cannot be kept on disk (%s)".formatted(registry.version(), e));
      return;
    }
    use(registry, content);
    log.atInfo()
        .addKeyValue("version", registry.version())
        .addKeyValue("devices", content.devices().size())
        .log("The registry of the hub is in use");
  }

  private void use(GatewayRegistry registry, RegistryContent content) {
    named = new Named(content);
    state = new State(registry, null);
    unregistered.forgetThoseIn(named);
  }

  private void trouble(String why) {
    GatewayRegistry holds = state.holds();
    String problem =
        "The registry: %s; %s"
            .formatted(
                why,
                holds == null
                    ? "no device is registered here until the hub tells it again"
                    : "version " + holds.version() + " stays in use");
    if (!problem.equals(state.problem())) {
      limited.atWarn("problem").log("{}", problem);
    }
    state = new State(holds, problem);
  }

  /** The version in use; empty for none. */
  public Optional<RegistryVersion> version() {
    return Optional.ofNullable(state.holds()).map(GatewayRegistry::version);
  }

  /** Why the newest from the hub is not in use: a sentence; empty if it is. */
  public Optional<String> problem() {
    return Optional.ofNullable(state.problem());
  }

  /** Number of devices in it. */
  @Override
  public int size() {
    return named.size();
  }

  /** A device; empty if it is not registered at this gateway. */
  public Optional<RegisteredDevice> find(DeviceId device) {
    return named.find(device);
  }

  /** The report for the hub. */
  public EquipmentReport report() {
    State now = state;
    return new EquipmentReport(
        gateway,
        now.holds() == null ? null : now.holds().version(),
        now.problem(),
        unregistered.all());
  }

  /** Increases when equipment to report is added or removed. */
  public long news() {
    return unregistered.news();
  }

  /** Increases with every message of such equipment. */
  public long signs() {
    return unregistered.signs();
  }

  @Override
  public Optional<Subject> at(String profile, String address) {
    return named.at(profile, address);
  }

  @Override
  public Optional<Kind> kindOf(DeviceId device) {
    return named.find(device).map(RegisteredDevice::kind);
  }

  @Override
  public DeviceId heardAs(String profile, DeviceId device) {
    return named.heardAs(profile, device);
  }

  @Override
  public int generationOf(DeviceId device) {
    return named.generationOf(device);
  }

  @Override
  public void met(UnregisteredDevice device) {
    unregistered.met(device);
  }
}
