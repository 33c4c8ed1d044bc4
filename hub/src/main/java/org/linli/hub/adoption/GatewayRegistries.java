package org.linli.hub.adoption;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.Sha256;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.hub.records.Elapsed;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Equipment;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Knows the version of the registry that is sent to each gateway, and the version that each gateway
 * holds. One version is current for all of them; it grows with each change of the records or of the
 * community file. If a gateway holds a later one, these records were restored from a copy: a new
 * epoch begins, as with an outbox ({@link LaterRegistries}).
 */
@Component
public class GatewayRegistries {

  private static final Logger log = LoggerFactory.getLogger(GatewayRegistries.class);

  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final Registry registry;
  private final AdoptionRecords records;
  private final Unregistered unregistered;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Map<GatewayId, EquipmentReport> reports = new ConcurrentHashMap<>();

  /** The version that each gateway was sent in full since it came online. */
  private final Map<GatewayId, RegistryVersion> sent = new ConcurrentHashMap<>();

  private final LaterRegistries later;
  private volatile Current current;

  /**
   * The current version.
   *
   * @param version its digest stands for all of it
   */
  private record Current(RegistryVersion version, Map<GatewayId, RegistryContent> contents) {}

  GatewayRegistries(
      Registry registry,
      AdoptionRecords records,
      Unregistered unregistered,
      TransactionTemplate transaction,
      ApplicationEventPublisher events,
      Elapsed elapsed) {
    this.registry = registry;
    this.records = records;
    this.unregistered = unregistered;
    this.transaction = transaction;
    this.events = events;
    this.later = new LaterRegistries(elapsed);
    SequencedMap<DeviceKey, Device> adopted = records.devices();
    registry.use(adopted, records.equipment());
    adopted.forEach(this::sayWhatTheFileMakesOfIt);
    Map<GatewayId, RegistryContent> contents = contents();
    Digest digest = digest(contents);
    RegistryVersion version =
        records
            .version()
            .map(before -> before.digest().equals(digest) ? before : next(before, digest))
            .orElseGet(() -> new RegistryVersion(1, 1, digest));
    this.current = new Current(version, contents);
    transaction.executeWithoutResult(_ -> records.save(version));
  }

  private void sayWhatTheFileMakesOfIt(DeviceKey key, Device device) {
    CommunityRegistry community = registry.find(key.community()).orElse(null);
    if (community == null) {
      log.atWarn()
          .addKeyValue("device", key)
          .log(
              "An adopted device is of a community that no file has; it is not registered until"
                  + " one has that community");
    } else if (community.isInFile(device.id())) {
      log.atInfo()
          .addKeyValue("device", key)
          .log("The community file names a device that was adopted; what the file says holds");
    } else if (community.findBuilding(device.building()).isEmpty()) {
      log.atWarn()
          .addKeyValue("device", key)
          .addKeyValue("building", device.building())
          .log(
              "An adopted device stands in a building that the community file no longer has; its"
                  + " alerts go to the supervisor. Give it another one: POST"
                  + " /api/v1/devices/{id}/change");
    }
  }

  private static RegistryVersion next(RegistryVersion before, Digest digest) {
    return new RegistryVersion(before.epoch(), before.number() + 1, digest);
  }

  /**
   * Makes a change of the records take effect, everywhere and at once.
   *
   * @param change makes it, within the transaction
   */
  synchronized void change(Runnable change, RegistryChanged changed) {
    transaction.executeWithoutResult(
        _ -> {
          change.run();
          // The new content is known only after the commit, but that the version differs must be
          // saved before.
          RegistryVersion before = current.version();
          records.save(new RegistryVersion(before.epoch(), before.number() + 1, Digest.NONE));
        });
    registry.use(records.devices(), records.equipment());
    unregistered.forgetRegistered();
    Map<GatewayId, RegistryContent> contents = contents();
    RegistryVersion version = next(current.version(), digest(contents));
    transaction.executeWithoutResult(_ -> records.save(version));
    current = new Current(version, contents);
    events.publishEvent(changed);
  }

  private Map<GatewayId, RegistryContent> contents() {
    Map<GatewayId, RegistryContent> contents = new TreeMap<>();
    for (CommunityRegistry community : registry.communities()) {
      for (Gateway gateway : community.gateways()) {
        content(community, gateway.id()).ifPresent(content -> contents.put(gateway.id(), content));
      }
    }
    return contents;
  }

  /** A gateway is told of its own community only: in another one, its ids are other devices. */
  private static Optional<RegistryContent> content(CommunityRegistry community, GatewayId gateway) {
    List<DeviceId> elsewhere =
        community.replaced().stream()
            .filter(device -> !device.gateway().equals(gateway))
            .map(Device::id)
            .toList();
    try {
      List<RegisteredDevice> devices =
          community.devices(gateway).stream().map(GatewayRegistries::registered).toList();
      return Optional.of(new RegistryContent(devices, elsewhere));
    } catch (IllegalArgumentException impossible) {
      log.atError()
          .addKeyValue("gateway", gateway)
          .addKeyValue("cause", impossible.getMessage())
          .log("A gateway cannot be told which devices it has");
      return Optional.empty();
    }
  }

  private static RegisteredDevice registered(Device device) {
    Equipment equipment = device.equipment();
    return new RegisteredDevice(
        device.id(),
        device.kind(),
        device.name().zh(),
        device.name().en(),
        equipment == null
            ? null
            : new RegisteredDevice.Equipment(
                equipment.profile(), equipment.address(), equipment.generation()));
  }

  private static Digest digest(Map<GatewayId, RegistryContent> contents) {
    MessageDigest all = Sha256.digest();
    contents.forEach(
        (gateway, content) -> {
          all.update(gateway.value().getBytes(StandardCharsets.UTF_8));
          all.update(GatewayRegistryCodec.digest(content).bytes());
        });
    return new Digest(Arrays.copyOf(all.digest(), Digest.LENGTH));
  }

  private Optional<GatewayRegistry> full(GatewayId gateway) {
    Current now = current;
    return Optional.ofNullable(now.contents().get(gateway))
        .map(
            content ->
                new GatewayRegistry(
                    gateway,
                    new RegistryVersion(
                        later.epochFor(gateway, now.version().epoch()),
                        now.version().number(),
                        GatewayRegistryCodec.digest(content)),
                    content));
  }

  /**
   * Returns what a gateway that came online is sent, to which it answers with a report: the version
   * alone. Earlier claims made under its name do not affect it.
   */
  public Optional<GatewayRegistry> greeting(GatewayId gateway) {
    sent.remove(gateway);
    later.forget(gateway);
    return full(gateway).map(GatewayRegistry::versionAlone);
  }

  /** Returns what a connected gateway is sent after a change. */
  public Optional<GatewayRegistry> news(GatewayId gateway) {
    EquipmentReport report = reports.get(gateway);
    return report == null ? Optional.empty() : answer(gateway, report.holds());
  }

  /**
   * Takes a gateway's report.
   *
   * @return what the gateway is sent in answer
   */
  public Optional<GatewayRegistry> reported(GatewayId gateway, EquipmentReport report) {
    reports.put(gateway, report);
    unregistered.told(gateway, report.unregistered());
    RegistryVersion holds = report.holds();
    later.waitsNoMore(gateway);
    if (holds == null || holds.epoch() <= current.version().epoch()) {
      later.forget(gateway);
    }
    if (holds != null && isBeyond(gateway, holds)) {
      boolean _ = follow(gateway, holds);
    }
    return answer(gateway, holds);
  }

  private boolean isBeyond(GatewayId gateway, RegistryVersion holds) {
    RegistryVersion own = full(gateway).map(GatewayRegistry::version).orElse(null);
    if (own == null) {
      return false;
    }
    boolean same = holds.epoch() == own.epoch() && holds.number() == own.number();
    return holds.isAfter(own) || same && !holds.equals(own);
  }

  /**
   * Sends a gateway that holds a later registry one that comes after it, now or when its minute is
   * over.
   *
   * @return whether it is to be sent one of its own now
   */
  private synchronized boolean follow(GatewayId gateway, RegistryVersion holds) {
    if (LaterRegistries.isLast(holds)) {
      limited
          .atError("last " + gateway)
          .addKeyValue("gateway", gateway)
          .addKeyValue("holds", holds)
          .log(
              "A gateway goes by the last registry that there can be, and cannot be told another:"
                  + " delete the file registry in its data, and start it again");
      return false;
    }
    if (!LaterRegistries.isFar(holds, current.version().epoch())) {
      if (later.mayBegin(gateway)) {
        beginEpoch(gateway, holds);
      }
      return false;
    }
    if (!later.beginOwn(gateway, holds)) {
      return false;
    }
    limited
        .atWarn("far beyond " + gateway)
        .addKeyValue("gateway", gateway)
        .addKeyValue("holds", holds)
        .addKeyValue("version", current.version())
        .log(
            "A gateway goes by a registry far beyond these records, and is told an epoch of its"
                + " own: they were restored from an old copy, or another program uses its"
                + " identity");
    return true;
  }

  /**
   * Handles the gateways that hold a later registry and had to wait; called every few seconds. If a
   * new epoch begins for all, it comes after all of theirs.
   *
   * @return the gateways that are to be sent an epoch of their own now
   */
  public synchronized Set<GatewayId> followLater() {
    Set<GatewayId> own = new HashSet<>();
    GatewayId first = null;
    RegistryVersion latest = null;
    for (GatewayId gateway : later.waiting()) {
      EquipmentReport report = reports.get(gateway);
      RegistryVersion holds = report == null ? null : report.holds();
      if (holds == null || !isBeyond(gateway, holds)) {
        later.waitsNoMore(gateway);
      } else if (LaterRegistries.isFar(holds, current.version().epoch())) {
        if (follow(gateway, holds)) {
          own.add(gateway);
        }
      } else if (latest == null || holds.isAfter(latest)) {
        first = gateway;
        latest = holds;
      }
    }
    if (first != null && latest != null) {
      boolean _ = follow(first, latest);
    }
    return own;
  }

  private void beginEpoch(GatewayId gateway, RegistryVersion holds) {
    Current before = current;
    RegistryVersion version =
        new RegistryVersion(
            Math.max(holds.epoch(), before.version().epoch()) + 1,
            before.version().number(),
            before.version().digest());
    transaction.executeWithoutResult(_ -> records.save(version));
    current = new Current(version, before.contents());
    limited
        .atWarn("new epoch")
        .addKeyValue("gateway", gateway)
        .addKeyValue("holds", holds)
        .addKeyValue("version", version)
        .log(
            "A gateway goes by a later registry than these records have: they were restored from a"
                + " copy, and a new epoch of the registry begins");
    events.publishEvent(new RegistryChanged(Set.of(), Set.of()));
  }

  private Optional<GatewayRegistry> answer(GatewayId gateway, @Nullable RegistryVersion holds) {
    GatewayRegistry full = full(gateway).orElse(null);
    if (full == null || full.version().equals(holds)) {
      return Optional.empty();
    }
    if (holds != null && holds.digest().equals(full.version().digest())) {
      return Optional.of(full.versionAlone());
    }
    // Once for each connection: a gateway that cannot use it would otherwise request it for ever.
    return full.version().equals(sent.put(gateway, full.version()))
        ? Optional.empty()
        : Optional.of(full);
  }

  /** Compares the version that a gateway holds with the one for it. */
  public RegistryAtGateway at(GatewayId gateway) {
    RegistryVersion now = full(gateway).map(GatewayRegistry::version).orElse(null);
    EquipmentReport report = reports.get(gateway);
    return new RegistryAtGateway(
        (now == null ? current.version() : now).toString(),
        report == null || report.holds() == null ? null : report.holds().toString(),
        report == null ? null : now == null || !now.equals(report.holds()),
        now == null
            ? "It cannot be told which devices it has; the hub's log says why."
            : report == null ? null : report.problem());
  }
}
