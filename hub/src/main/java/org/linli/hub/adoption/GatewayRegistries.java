package org.linli.hub.adoption;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.GatewayRegistryCodec;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Equipment;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which registry each gateway is told, and which it goes by. One version holds for all of them; it
 * grows with each change, of the records or of the community file. A gateway that goes by a later
 * one than there is shows that these records were restored from a copy: a new epoch begins, as an
 * outbox does it.
 */
@Component
public class GatewayRegistries {

  private static final Logger log = LoggerFactory.getLogger(GatewayRegistries.class);

  /** Nobody begins so many: whoever says more is not believed. */
  private static final long HIGHEST_EPOCH = 1L << 40;

  private final Registry registry;
  private final AdoptionRecords records;
  private final Unregistered unregistered;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Map<GatewayId, EquipmentReport> reports = new ConcurrentHashMap<>();

  /** What each gateway was sent in full since it came online. */
  private final Map<GatewayId, RegistryVersion> sent = new ConcurrentHashMap<>();

  private volatile Told told;

  /**
   * What holds.
   *
   * @param version its digest stands for all of it
   */
  private record Told(RegistryVersion version, Map<GatewayId, RegistryContent> contents) {}

  GatewayRegistries(
      Registry registry,
      AdoptionRecords records,
      Unregistered unregistered,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.registry = registry;
    this.records = records;
    this.unregistered = unregistered;
    this.transaction = transaction;
    this.events = events;
    List<Device> adopted = records.devices();
    registry.use(adopted, records.equipment());
    adopted.forEach(this::sayWhatTheFileMakesOfIt);
    Map<GatewayId, RegistryContent> contents = contents();
    Digest digest = digest(contents);
    RegistryVersion version =
        records
            .version()
            .map(before -> before.digest().equals(digest) ? before : next(before, digest))
            .orElseGet(() -> new RegistryVersion(1, 1, digest));
    this.told = new Told(version, contents);
    transaction.executeWithoutResult(_ -> records.save(version));
  }

  private void sayWhatTheFileMakesOfIt(Device device) {
    if (registry.isInFile(device.id())) {
      log.atInfo()
          .addKeyValue("device", device.id())
          .log("The community file names a device that was adopted; what the file says holds");
    } else if (registry.findBuilding(device.building()).isEmpty()) {
      log.atWarn()
          .addKeyValue("device", device.id())
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
   * Has a change of the records hold, everywhere and at once.
   *
   * @param change makes it, within the transaction
   */
  synchronized void change(Runnable change, RegistryChanged changed) {
    transaction.executeWithoutResult(
        _ -> {
          change.run();
          // What it says is known after the commit only; that it is another one, before.
          RegistryVersion before = told.version();
          records.save(new RegistryVersion(before.epoch(), before.number() + 1, Digest.NONE));
        });
    registry.use(records.devices(), records.equipment());
    unregistered.forgetRegistered();
    Map<GatewayId, RegistryContent> contents = contents();
    RegistryVersion version = next(told.version(), digest(contents));
    transaction.executeWithoutResult(_ -> records.save(version));
    told = new Told(version, contents);
    events.publishEvent(changed);
  }

  private Map<GatewayId, RegistryContent> contents() {
    Map<GatewayId, RegistryContent> contents = new TreeMap<>();
    for (Gateway gateway : registry.gateways()) {
      content(gateway.id()).ifPresent(content -> contents.put(gateway.id(), content));
    }
    return contents;
  }

  private Optional<RegistryContent> content(GatewayId gateway) {
    List<DeviceId> elsewhere =
        registry.devices().stream()
            .filter(device -> !device.gateway().equals(gateway))
            .filter(device -> device.equipment() != null && device.equipment().isReplacement())
            .map(Device::id)
            .toList();
    try {
      List<RegisteredDevice> devices =
          registry.devices().stream()
              .filter(device -> device.gateway().equals(gateway))
              .map(GatewayRegistries::told)
              .toList();
      return Optional.of(new RegistryContent(devices, elsewhere));
    } catch (IllegalArgumentException impossible) {
      log.atError()
          .addKeyValue("gateway", gateway)
          .addKeyValue("cause", impossible.getMessage())
          .log("A gateway cannot be told which devices it has");
      return Optional.empty();
    }
  }

  private static RegisteredDevice told(Device device) {
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
    try {
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      contents.forEach(
          (gateway, content) -> {
            all.update(gateway.value().getBytes(StandardCharsets.UTF_8));
            all.update(GatewayRegistryCodec.digest(content).bytes());
          });
      return new Digest(Arrays.copyOf(all.digest(), Digest.LENGTH));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private Optional<GatewayRegistry> full(GatewayId gateway) {
    Told now = told;
    return Optional.ofNullable(now.contents().get(gateway))
        .map(
            content ->
                new GatewayRegistry(
                    gateway,
                    new RegistryVersion(
                        now.version().epoch(),
                        now.version().number(),
                        GatewayRegistryCodec.digest(content)),
                    content));
  }

  /** What a gateway that came online is told, upon which it reports: the version alone. */
  public Optional<GatewayRegistry> greeting(GatewayId gateway) {
    sent.remove(gateway);
    return full(gateway).map(GatewayRegistry::versionAlone);
  }

  /** What a connected gateway is told after a change. */
  public Optional<GatewayRegistry> news(GatewayId gateway) {
    EquipmentReport report = reports.get(gateway);
    return report == null ? Optional.empty() : answer(gateway, report.holds());
  }

  /**
   * Takes what a gateway reported.
   *
   * @return what it is to be told upon that
   */
  public Optional<GatewayRegistry> reported(GatewayId gateway, EquipmentReport report) {
    reports.put(gateway, report);
    unregistered.told(gateway, report.unregistered());
    RegistryVersion holds = report.holds();
    if (holds != null && isBeyond(gateway, holds)) {
      beginEpoch(gateway, holds);
    }
    return answer(gateway, holds);
  }

  private boolean isBeyond(GatewayId gateway, RegistryVersion holds) {
    RegistryVersion own = full(gateway).map(GatewayRegistry::version).orElse(null);
    if (own == null || holds.epoch() >= HIGHEST_EPOCH) {
      return false;
    }
    boolean same = holds.epoch() == own.epoch() && holds.number() == own.number();
    return holds.isAfter(own) || same && !holds.equals(own);
  }

  private synchronized void beginEpoch(GatewayId gateway, RegistryVersion holds) {
    Told before = told;
    RegistryVersion version =
        new RegistryVersion(
            Math.max(holds.epoch(), before.version().epoch()) + 1,
            before.version().number(),
            before.version().digest());
    transaction.executeWithoutResult(_ -> records.save(version));
    told = new Told(version, before.contents());
    log.atWarn()
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
    // Once for each connection: one that cannot use it would ask for ever.
    return full.version().equals(sent.put(gateway, full.version()))
        ? Optional.empty()
        : Optional.of(full);
  }

  /** How a gateway stands to what it was told. */
  public RegistryStanding standing(GatewayId gateway) {
    RegistryVersion now = full(gateway).map(GatewayRegistry::version).orElse(null);
    EquipmentReport report = reports.get(gateway);
    return new RegistryStanding(
        told.version().toString(),
        report == null || report.holds() == null ? null : report.holds().toString(),
        report == null ? null : now == null || !now.equals(report.holds()),
        now == null
            ? "It cannot be told which devices it has; the hub's log says why."
            : report == null ? null : report.problem());
  }
}
