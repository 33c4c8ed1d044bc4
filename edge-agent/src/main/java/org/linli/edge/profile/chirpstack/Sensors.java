package org.linli.edge.profile.chirpstack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.Reading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.SupposedKinds;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * States in what a codec makes of an uplink: leaks, doors, smoke, buttons and the like. A setting
 * says what a field means; the fields of common codecs need none ({@link CodecFields}).
 *
 * <p>What is within an array is history, not the present state.
 */
final class Sensors {

  private static final JsonNode SOME_WORD = JsonNodeFactory.instance.stringNode("");

  private final ChirpStackSettings settings;
  private final Changes changes;
  private final Conditions conditions;
  private final SupposedKinds kinds = new SupposedKinds();

  Sensors(ChirpStackSettings settings, Changes changes) {
    this.settings = settings;
    this.changes = changes;
    this.conditions = new Conditions(changes);
  }

  /**
   * The device that sent an uplink.
   *
   * @param profile the name of its device profile in ChirpStack; empty if there is none
   */
  record Sender(String eui, String profile) {}

  /** One uplink; its events have ids that follow from its own. */
  record Uplink(
      Sender sender, Reading reading, Subject device, @Nullable String id, @Nullable Instant time) {

    void happened(Subject subject, EventType type, String field, Values values) throws Unreadable {
      String own = id == null ? null : type + ":" + field + ":" + id;
      reading.happened(subject, type, own, time, values);
    }
  }

  /** A field with a meaning. */
  private record Sensed(String field, JsonNode value, WiredMeaning meaning, boolean isSet) {}

  /** The kind that the last uplinks of a device show. */
  Kind supposed(Sender sender, JsonNode object) {
    if (sensed(sender, object).stream().anyMatch(each -> each.meaning() == WiredMeaning.DOOR)) {
      kinds.remember(sender.eui(), Kind.ACCESS);
    }
    return kinds.of(sender.eui());
  }

  void read(JsonNode object, Uplink uplink) throws Unreadable {
    for (Sensed each : sensed(uplink.sender(), object)) {
      Optional<Boolean> on = CodecFields.isOn(each.meaning(), each.value());
      if (on.isPresent()) {
        tell(each, on.get(), uplink);
      } else if (each.isSet() && !CodecFields.isNeither(each.value())) {
        uplink
            .reading()
            .beside(
                new Unreadable(
                    RefusalReason.BAD_FIELD,
                    "object.%s: says neither on nor off, but the settings say that it is %s"
                        .formatted(each.field(), each.meaning().word())));
      }
    }
  }

  private List<Sensed> sensed(Sender sender, JsonNode object) {
    List<Sensed> sensed = new ArrayList<>();
    if (object.isObject()) {
      collect("", object, sender, sensed);
    }
    return sensed;
  }

  private void collect(String outer, JsonNode object, Sender sender, List<Sensed> into) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String field = ValueCollector.joined(outer, entry.getKey());
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        collect(field, value, sender, into);
      } else if (!value.isArray() && !value.isNull()) {
        Optional<WiredMeaning> set = settings.meaning(sender, field);
        Optional<WiredMeaning> meaning = set.or(() -> CodecFields.meaning(field, value));
        meaning.ifPresent(found -> into.add(new Sensed(field, value, found, set.isPresent())));
      }
    }
  }

  private void tell(Sensed sensed, boolean on, Uplink uplink) throws Unreadable {
    WiredMeaning meaning = sensed.meaning();
    Subject device = uplink.device();
    Kind kind = meaning.kind();
    Subject subject = kind == null ? device : new Subject(device.device(), kind);
    if (meaning.isMoment()) {
      // Each uplink that says so is an event of its own.
      if (on) {
        Values values = new ValueCollector().put(sensed.field(), sensed.value()).first();
        uplink.happened(subject, meaning.whenOn(), sensed.field(), values);
      }
      return;
    }
    // The meaning is part of the signal: with another setting, it is another state.
    boolean news =
        meaning.isCondition()
            ? conditions
                .change(
                    uplink.reading(),
                    device,
                    meaning.whenOn(),
                    field -> stillMeans(uplink.sender(), field, meaning),
                    Map.of(sensed.field(), on),
                    null)
                .isPresent()
            : changes.isChange(
                uplink.reading(), device, Conditions.signal(meaning.whenOn(), sensed.field()), on);
    EventType type = on ? meaning.whenOn() : meaning.whenOff();
    if (news && type != null) {
      uplink.happened(subject, type, sensed.field(), Values.NONE);
    }
  }

  /** Whether a field has this meaning by the present settings. */
  private boolean stillMeans(Sender sender, String field, WiredMeaning meaning) {
    return settings
        .meaning(sender, field)
        .or(() -> CodecFields.meaning(field, SOME_WORD))
        .filter(meaning::equals)
        .isPresent();
  }
}
