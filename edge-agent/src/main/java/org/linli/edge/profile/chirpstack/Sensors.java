package org.linli.edge.profile.chirpstack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Numbers;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.SupposedKinds;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.wired.LifeNames;
import org.linli.edge.profile.wired.StateWords;
import org.linli.edge.profile.wired.WiredInputs;
import org.linli.edge.profile.wired.WiredStates;
import org.linli.event.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * States in what a codec makes of an uplink: leaks, doors, smoke, buttons and the like. A setting
 * says what a field means; the fields of common codecs need none ({@link CodecFields}). An entry of
 * a list may say in one field what the alarm is and in another whether it is on.
 *
 * <p>What is within something that is named as history is not the present state.
 */
final class Sensors {

  private static final JsonNode SOME_WORD = JsonNodeFactory.instance.stringNode("");
  private static final JsonNode OFF = JsonNodeFactory.instance.booleanNode(false);
  private static final JsonNode NO_NEIGHBOURS = JsonNodeFactory.instance.objectNode();

  private static final List<String> TYPES = List.of("alarm_type", "event_type", "type");
  private static final List<String> STATUSES =
      List.of("alarm_status", "alarm_state", "event_status", "status", "state");
  private static final List<String> POINTS =
      List.of("zone", "channel", "probe", "endpoint", "port");
  private static final String OF_POINT = "@";
  private static final List<String> NUMBERS = List.of("alarm_id", "event_id", "id");

  private final WiredInputs inputs;
  private final WiredStates states;
  private final SupposedKinds kinds = new SupposedKinds();

  Sensors(ChirpStackSettings settings, Changes changes) {
    this.inputs = settings.inputs();
    this.states = new WiredStates(changes);
  }

  /**
   * The device that sent an uplink.
   *
   * @param profile the name of its device profile in ChirpStack; empty if there is none
   */
  record Sender(String eui, String profile) {}

  /** One uplink; its events have ids that follow from its own. */
  record Uplink(
      Sender sender,
      MessageReading reading,
      Subject device,
      @Nullable String id,
      @Nullable Instant time) {}

  /**
   * A field with a meaning.
   *
   * @param meaning null for a text that names no alarm, and so may end one
   */
  private record Sensed(
      String field, JsonNode value, @Nullable WiredMeaning meaning, boolean isSet) {

    boolean isBeginning() {
      return meaning != null && StateWords.isOn(meaning, value).orElse(false);
    }
  }

  /** The kind that the last uplinks of a device show. */
  Kind supposed(Sender sender, JsonNode object) {
    if (sensed(sender, object).stream().anyMatch(each -> each.meaning() == WiredMeaning.DOOR)) {
      kinds.remember(sender.eui(), Kind.ACCESS);
    }
    return kinds.of(sender.eui());
  }

  void read(JsonNode object, Uplink uplink) throws Unreadable {
    WiredStates.Said said = said(uplink);
    List<Sensed> all = sensed(uplink.sender(), object);
    List<Sensed> alsoOver = alsoOver(all, said);
    // What begins comes first, so that a dry probe says nothing beside a wet one.
    for (Sensed each : all) {
      if (each.isBeginning()) {
        read(each, said);
      }
    }
    for (Sensed each : alsoOver) {
      read(each, said);
    }
    for (Sensed each : all) {
      if (!each.isBeginning()) {
        read(each, said);
      }
    }
  }

  private List<Sensed> alsoOver(List<Sensed> all, WiredStates.Said said) {
    Map<WiredMeaning, Map<String, Boolean>> told = new EnumMap<>(WiredMeaning.class);
    for (Sensed each : all) {
      WiredMeaning meaning = each.meaning();
      if (meaning != null && meaning.isCondition()) {
        StateWords.isOn(meaning, each.value())
            .ifPresent(
                on ->
                    told.computeIfAbsent(meaning, _ -> new LinkedHashMap<>())
                        .put(each.field(), on));
      }
    }
    List<Sensed> over = new ArrayList<>();
    told.forEach(
        (meaning, fields) ->
            states
                .alsoOver(said, meaning, fields)
                .forEach(field -> over.add(new Sensed(field, OFF, meaning, false))));
    return over;
  }

  private void read(Sensed sensed, WiredStates.Said said) throws Unreadable {
    WiredMeaning meaning = sensed.meaning();
    if (meaning == null) {
      for (WiredMeaning denied : StateWords.denied(sensed.value())) {
        if (states.mayHold(said.reading(), said.device(), denied, sensed.field())) {
          states.tell(said, denied, sensed.field(), sensed.value(), false);
        }
      }
      return;
    }
    Optional<Boolean> on = StateWords.isOn(meaning, sensed.value());
    if (on.isPresent()) {
      states.tell(said, meaning, sensed.field(), sensed.value(), on.get());
    } else if (StateWords.isNeither(sensed.value())) {
      return;
    } else if (sensed.isSet()) {
      said.reading()
          .beside(
              new Unreadable(
                  RefusalReason.BAD_FIELD,
                  "object.%s: says neither on nor off, but the settings say that it is %s"
                      .formatted(sensed.field(), meaning.word())));
    } else if (meaning.kind() != null && sensed.value().isString()) {
      said.reading().mark("object." + sensed.field() + ": says neither on nor off");
    }
  }

  private WiredStates.Said said(Uplink uplink) {
    return new WiredStates.Said(
        uplink.reading(),
        uplink.device(),
        uplink.id(),
        StateTime.byDevice(uplink.time()),
        (field, meaning) -> stillMeans(uplink.sender(), field, meaning));
  }

  /** Whether a field may have this meaning by the present settings, and by its name. */
  private boolean stillMeans(Sender sender, String input, WiredMeaning meaning) {
    String field = input.replaceAll(OF_POINT + "[^.]*", "");
    return set(sender, field)
        .or(() -> CodecFields.meaning(field, SOME_WORD, NO_NEIGHBOURS))
        .map(meaning::equals)
        .orElseGet(() -> LifeNames.mayTell(withoutPath(field)) || isOfList(field, meaning));
  }

  private Optional<WiredMeaning> set(Sender sender, String field) {
    return inputs.meaning(sender.eui(), field).or(() -> inputs.meaning(sender.profile(), field));
  }

  /** Whether {@link #isListed} names an input so: the list, what it is, and its number. */
  private static boolean isOfList(String field, WiredMeaning meaning) {
    return Stream.of(field.split("\\."))
        .skip(1)
        .anyMatch(part -> StateWords.named(part).equals(Optional.of(meaning)));
  }

  private List<Sensed> sensed(Sender sender, JsonNode object) {
    List<Sensed> sensed = new ArrayList<>();
    if (object.isContainer()) {
      any("", "", object, object, sender, sensed);
    }
    return sensed;
  }

  /**
   * Reads the fields of an object.
   *
   * @param outer the path to it
   * @param named the same by which its inputs are known
   * @param point what tells its inputs from those of others that are named alike
   */
  private void collect(
      String outer, String named, String point, JsonNode object, Sender sender, List<Sensed> into) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      if (!entry.getValue().isContainer() || !LifeNames.isPast(name)) {
        String field = ValueCollector.joined(outer, name);
        String input = ValueCollector.joined(named, name) + point;
        any(field, input, entry.getValue(), object, sender, into);
      }
    }
  }

  /** What an object calls the input that it is about; empty if it does not name it. */
  private static String point(JsonNode object) {
    for (String name : POINTS) {
      JsonNode said = object.path(name);
      if (said.isIntegralNumber() || said.isString()) {
        return Numbers.plain(said.asString("").strip());
      }
    }
    return "";
  }

  /** Of the first one nothing, because it may not be named. */
  private static String ofPoint(JsonNode object) {
    String point = point(object);
    return point.isEmpty() || point.equals("1") ? "" : OF_POINT + point;
  }

  private void any(
      String field,
      String named,
      JsonNode value,
      JsonNode beside,
      Sender sender,
      List<Sensed> into) {
    if (value.isObject()) {
      collect(field, named, ofPoint(value), value, sender, into);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        JsonNode entry = value.get(i);
        String place = ValueCollector.joined(field, Integer.toString(i));
        if (entry.isObject() && isListed(field, i, entry, into)) {
          continue;
        }
        // Lists grow and shrink.
        String point = point(entry);
        if (point.isEmpty()) {
          String own = ValueCollector.joined(named, Integer.toString(i));
          any(place, own, entry, value, sender, into);
        } else {
          collect(place, ValueCollector.joined(named, point), "", entry, sender, into);
        }
      }
    } else if (!value.isNull()) {
      Optional<WiredMeaning> set = set(sender, field);
      boolean isTelling = value.isString() && LifeNames.mayTell(withoutPath(field));
      WiredMeaning meaning =
          set.or(() -> CodecFields.meaning(field, value, beside))
              .or(() -> isTelling ? StateWords.named(value.stringValue()) : Optional.empty())
              .orElse(null);
      if (meaning != null || isTelling) {
        into.add(new Sensed(named, value, meaning, set.isPresent()));
      }
    }
  }

  private static String withoutPath(String field) {
    String[] names = field.split("\\.");
    for (int i = names.length - 1; i > 0; i--) {
      if (!names[i].matches("\\d+")) {
        return names[i];
      }
    }
    return names.length == 0 ? field : names[0];
  }

  /**
   * Reads an entry of a list of alarms, as Milesight's radars send them: {@code {"alarm_id":7,
   * "alarm_type":"fall","alarm_status":"alarm_triggered"}}.
   *
   * @return whether it is one
   */
  private static boolean isListed(String list, int place, JsonNode entry, List<Sensed> into) {
    String type = text(entry, TYPES);
    Optional<WiredMeaning> meaning = StateWords.named(type);
    JsonNode status = first(entry, STATUSES);
    if (meaning.isEmpty() || status.isMissingNode()) {
      return false;
    }
    // Lists grow and shrink, so it is its own number that tells an alarm from others.
    JsonNode number = first(entry, NUMBERS);
    String own = number.isMissingNode() ? Integer.toString(place) : number.asString("");
    into.add(
        new Sensed(ValueCollector.joined(list, type + "." + own), status, meaning.get(), false));
    return true;
  }

  private static String text(JsonNode entry, List<String> fields) {
    return first(entry, fields).stringValue("");
  }

  private static JsonNode first(JsonNode entry, List<String> fields) {
    for (String field : fields) {
      JsonNode found = entry.path(field);
      if (!found.isMissingNode() && !found.isContainer()) {
        return found;
      }
    }
    return entry.path("");
  }
}
