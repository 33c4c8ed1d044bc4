package org.linli.hub.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/**
 * Titles in both languages: what happened, from {@code alert-titles.csv}, and the device's name. A
 * device that is in no file goes by its id, a type that is not in the table by itself.
 */
@Component
final class AlertTitles {

  private static final String FILE = "alert-titles.csv";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Registry registry;
  private final Map<String, BilingualName> byType;

  AlertTitles(Registry registry) {
    this.registry = registry;
    this.byType = load();
  }

  BilingualName title(EventType type, DeviceId device) {
    BilingualName what =
        byType.getOrDefault(type.value(), new BilingualName(type.value(), type.value()));
    BilingualName where =
        registry
            .findDevice(device)
            .map(Device::name)
            .orElseGet(() -> new BilingualName(device.value(), device.value()));
    return new BilingualName(what.zh() + "：" + where.zh(), what.en() + ": " + where.en());
  }

  /**
   * What the hub noticed of a gateway, or of itself.
   *
   * @param detail stands in brackets behind it
   */
  BilingualName title(EventType type, AlertSource source, BilingualName detail) {
    BilingualName what = byType.getOrDefault(type.value(), detail);
    BilingualName whose =
        source instanceof AlertSource.OfHub
            ? what
            : new BilingualName(what.zh() + "：" + source.id(), what.en() + ": " + source.id());
    return new BilingualName(
        "%s（%s）".formatted(whose.zh(), detail.zh()), "%s (%s)".formatted(whose.en(), detail.en()));
  }

  /** A time by the community's clock. */
  String clock(Instant at) {
    return CLOCK.format(at.atZone(registry.community().zone()));
  }

  /** As people call a part of the hub that takes part in applying events. */
  BilingualName participant(String name) {
    return byType.getOrDefault("participant." + name, new BilingualName(name, name));
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
