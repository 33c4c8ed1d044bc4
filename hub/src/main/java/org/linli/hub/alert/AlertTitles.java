package org.linli.hub.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes titles in both languages: what happened, from {@code alert-titles.csv}, and the device's
 * name. A device that is in no file is named by its id, and a type that is not in the table by
 * itself. It never throws: an alert opens even if its title cannot be made, and then has a plain
 * one.
 */
@Component
final class AlertTitles {

  private static final Logger log = LoggerFactory.getLogger(AlertTitles.class);
  private static final String FILE = "alert-titles.csv";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Registry registry;
  private final Map<String, BilingualName> byType;

  @Autowired
  AlertTitles(Registry registry) {
    this(registry, load());
  }

  /**
   * @param byType what happened, by event type
   */
  AlertTitles(Registry registry, Map<String, BilingualName> byType) {
    this.registry = registry;
    this.byType = byType;
  }

  /** Returns the title for what a device reported. */
  BilingualName title(EventType type, DeviceKey device) {
    return madeOrPlain(() -> made(type, device), type + ": " + device.device());
  }

  private BilingualName made(EventType type, DeviceKey key) {
    String device = key.device().value();
    BilingualName what =
        byType.getOrDefault(type.value(), new BilingualName(type.value(), type.value()));
    BilingualName where =
        registry
            .findDevice(key)
            .map(Device::name)
            .orElseGet(() -> new BilingualName(device, device));
    return new BilingualName(what.zh() + "：" + where.zh(), what.en() + ": " + where.en());
  }

  /**
   * Returns the title for what the hub detected about a gateway or itself.
   *
   * @param detail appended in brackets
   */
  BilingualName title(EventType type, AlertSource source, BilingualName detail) {
    return madeOrPlain(() -> made(type, source, detail), type + ": " + source.id());
  }

  private BilingualName made(EventType type, AlertSource source, BilingualName detail) {
    BilingualName what = byType.getOrDefault(type.value(), detail);
    BilingualName whose =
        source instanceof AlertSource.OfHub
            ? what
            : new BilingualName(what.zh() + "：" + source.id(), what.en() + ": " + source.id());
    return new BilingualName(
        "%s（%s）".formatted(whose.zh(), detail.zh()), "%s (%s)".formatted(whose.en(), detail.en()));
  }

  /** Returns what an alert about a gateway is about. */
  AlertSource.OfGateway source(GatewayId gateway) {
    return new AlertSource.OfGateway(registry.communityOf(gateway).orElse(null), gateway);
  }

  /** Returns a time on the clock of a gateway's community. */
  String clock(GatewayId gateway, Instant at) {
    return clock(registry.at(gateway), at);
  }

  /** Returns a time on the clock of the only community; in a hub with several, UTC. */
  String clock(Instant at) {
    return clock(registry.findOnly(), at);
  }

  private static String clock(Optional<CommunityRegistry> community, Instant at) {
    return community
        .map(its -> CLOCK.format(at.atZone(its.community().zone())))
        .orElseGet(() -> CLOCK.format(at.atZone(ZoneOffset.UTC)) + " UTC");
  }

  /** Returns the name that people use for a participant. */
  BilingualName participant(String name) {
    return madeOrPlain(
        () -> byType.getOrDefault("participant." + name, new BilingualName(name, name)), name);
  }

  private static BilingualName madeOrPlain(Supplier<BilingualName> made, String plain) {
    try {
      return made.get();
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      log.atError()
          .addKeyValue("title", plain)
          .setCause(defect)
          .log("The title of an alert could not be made; it has a plain one");
      return new BilingualName(plain, plain);
    }
  }

  private static Map<String, BilingualName> load() {
    try (InputStream in = AlertTitles.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside " + AlertTitles.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(",", -1))
          .collect(
              Collectors.toUnmodifiableMap(
                  fields -> fields[0], fields -> new BilingualName(fields[1], fields[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
