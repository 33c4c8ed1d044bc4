package org.linli.edge.profile.onvif;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Reading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.PlainText;
import org.linli.edge.profile.format.Truth;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.format.Xml;
import org.linli.edge.profile.format.XmlElement;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.springframework.stereotype.Component;

/**
 * {@code Notify} of WS-BaseNotification with ONVIF messages (ONVIF Core Specification, "Event
 * handling"), in a SOAP envelope or without.
 */
@Component
final class OnvifProfile implements Profile {

  private static final Set<String> PERSONAL = Set.of("credential", "holder", "plate", "card");

  /** Ten times the longest topic of the standard, in characters. */
  private static final int LONGEST_TOPIC = 1_024;

  /** Limit of the text that is remembered to distinguish sources. */
  private static final int LONGEST_SOURCE = 300;

  private static final EventType PLATE_READ = new EventType("plate.read");
  private static final EventType VEHICLE_SEEN = new EventType("vehicle.seen");

  /** Where a door is: each of several doors of a device is an event. */
  private static final EventType DOOR_OPENED = new EventType("door.opened");

  private final OnvifSettings settings;
  private final Changes changes = new Changes();
  private final Conditions conditions = new Conditions(changes);

  OnvifProfile(OnvifSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "onvif";
  }

  @Override
  public void read(Delivered message, Reading reading) throws Unreadable {
    List<XmlElement> notifications = notifications(Xml.read(message.payload(), reading::beside));
    if (notifications.isEmpty()) {
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT, "it has no NotificationMessage, which this profile reads");
    }
    for (XmlElement each : notifications) {
      reading.beside(() -> notification(each, reading));
      reading.nextPart();
    }
  }

  private static List<XmlElement> notifications(XmlElement root) {
    List<XmlElement> found = new ArrayList<>();
    Deque<XmlElement> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      XmlElement each = open.removeFirst();
      if (each.name().equals("NotificationMessage")) {
        found.add(each);
      } else {
        open.addAll(each.children());
      }
    }
    return found;
  }

  private void notification(XmlElement notification, Reading reading) throws Unreadable {
    String topic = topic(notification);
    XmlElement said =
        notification
            .find("Message", "Message")
            .orElseThrow(
                () -> new Unreadable(RefusalReason.MISSING_FIELD, "Message.Message: is missing"));
    String operation = said.attribute("PropertyOperation").orElse("");
    String time = said.attribute("UtcTime").orElse("");
    Instant claimed =
        time.isEmpty()
            ? null
            : reading.time(() -> DeviceTimes.read("UtcTime", time, ZoneOffset.UTC));
    Map<String, String> source = items(said, "Source");
    source.putAll(items(said, "Key"));
    Map<String, String> data = items(said, "Data");
    List<Topics.DoorState> doors = Topics.doors(topic);
    Kind supposed = doors.isEmpty() ? Kind.CAMERA : Kind.ACCESS;
    Subject subject = subject(reading, source, supposed);
    ValueCollector values = new ValueCollector().put("topic", topic);
    reading.beside(
        () -> {
          describe(data, values);
          describe(source, values);
        });

    boolean isInitial = operation.equals("Initialized");
    Notification told = new Notification(reading, subject, topic, where(source), isInitial);
    if (!operation.equals("Deleted")) {
      if (!doors.isEmpty()) {
        doors(doors, data, told);
      } else if (Items.havePlate(data)) {
        told.happened(settings.people() ? PLATE_READ : VEHICLE_SEEN);
      } else {
        states(data, operation.isEmpty(), told);
      }
    }
    Instant when = isInitial ? null : claimed;
    for (EventType type : told.events()) {
      reading.happened(subject, type, when, values.first());
    }
    if (told.events().isEmpty()) {
      if (!operation.isEmpty()) {
        values.put("operation", operation);
      }
      reading.measured(subject, when, values.inParts());
    }
  }

  /** Which of several windows, inputs or doors of one device it is; short. */
  private static String where(Map<String, String> source) {
    String where = source.toString();
    return (where.length() > LONGEST_SOURCE ? where.substring(0, LONGEST_SOURCE) : where)
        .replace('\n', ' ');
  }

  private void doors(List<Topics.DoorState> doors, Map<String, String> data, Notification told)
      throws Unreadable {
    for (Topics.DoorState door : doors) {
      if (door.state().isEmpty()) {
        told.happened(door.meaning().type());
        continue;
      }
      String value = data.get(door.state());
      if (value == null) {
        throw missing(door.state(), told);
      }
      // Another value says nothing about this state, and so neither begins nor ends it.
      Optional<Boolean> holds = door.holds(PlainText.withoutPadding(value));
      if (holds.isPresent()) {
        told.state(door.meaning(), door.topic(), holds.get());
      }
    }
  }

  /**
   * Items that say by their name what holds come first. Otherwise the topic says what is meant, and
   * its state whether it holds.
   *
   * @param isMoment whether the notification is not about a property, so that it has no state
   */
  private static void states(Map<String, String> data, boolean isMoment, Notification told)
      throws Unreadable {
    boolean named = false;
    for (Map.Entry<String, String> item : data.entrySet()) {
      Meaning meaning = Items.named(item.getKey());
      if (meaning != null) {
        boolean holds =
            Truth.ofAlarmWord(item.getValue())
                .orElseThrow(
                    () ->
                        new Unreadable(
                            RefusalReason.BAD_FIELD,
                            "Data.%s: is neither true nor false in %s"
                                .formatted(item.getKey(), told.topic)));
        told.state(meaning, told.topic + "." + item.getKey(), holds);
        named = true;
      }
    }
    if (named) {
      return;
    }
    Optional<Meaning> standard = Topics.standard(told.topic);
    Optional<Meaning> meaning = standard.or(() -> Topics.worded(told.topic));
    if (meaning.isEmpty()) {
      return;
    }
    Optional<Boolean> holds = Items.state(data);
    if (holds.isPresent()) {
      told.state(meaning.get(), told.topic, holds.get());
    } else if (isMoment || meaning.get().equals(Meaning.INTRUSION) && standard.isEmpty()) {
      told.happened(meaning.get().type());
    } else if (standard.isPresent()) {
      throw missing("State", told);
    }
  }

  private static Unreadable missing(String item, Notification told) {
    return new Unreadable(
        RefusalReason.MISSING_FIELD,
        "Data.%s: is missing in %s, or says no state".formatted(item, told.topic));
  }

  /** The events of one notification. */
  private final class Notification {
    private final Reading reading;
    private final Subject subject;
    private final String topic;
    private final String where;
    private final boolean isInitial;
    private final List<EventType> begun = new ArrayList<>();
    private final List<EventType> ended = new ArrayList<>();

    Notification(Reading reading, Subject subject, String topic, String where, boolean isInitial) {
      this.reading = reading;
      this.subject = subject;
      this.topic = topic;
      this.where = where;
      this.isInitial = isInitial;
    }

    /** Something that has no duration; what was so before is none of these. */
    void happened(EventType type) {
      if (!isInitial) {
        begun.add(type);
      }
    }

    void state(Meaning meaning, String signal, boolean holds) {
      String source = signal + where;
      boolean isPosition = meaning.type().equals(DOOR_OPENED);
      Optional<Boolean> news =
          meaning.off() == null || isPosition
              ? changes.isChange(reading, subject, meaning.type() + " " + source, holds)
                  ? Optional.of(holds)
                  : Optional.empty()
              : conditions.change(reading, subject, meaning.type().value(), source, holds);
      if (news.isEmpty() || isInitial && !meaning.lasts()) {
        return;
      }
      if (news.get()) {
        begun.add(meaning.type());
      } else if (meaning.off() != null) {
        ended.add(meaning.off());
      }
    }

    /** One state may have several meanings, and one that begins implies that the others end. */
    List<EventType> events() {
      return begun.isEmpty() ? ended : begun;
    }
  }

  /** The topic without the prefixes of its namespaces, which each device chooses for itself. */
  private static String topic(XmlElement notification) throws Unreadable {
    String said =
        notification
            .text("Topic")
            .map(String::strip)
            .orElseThrow(() -> new Unreadable(RefusalReason.MISSING_FIELD, "Topic: is missing"));
    if (said.length() > LONGEST_TOPIC) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE,
          "Topic: has %d characters, at most %d are read".formatted(said.length(), LONGEST_TOPIC));
    }
    StringBuilder without = new StringBuilder(said.length());
    int word = 0;
    for (int i = 0; i < said.length(); i++) {
      char each = said.charAt(i);
      if (each == ':' && without.length() > word) {
        without.setLength(word);
        continue;
      }
      without.append(each);
      if (!isOfAWord(each)) {
        word = without.length();
      }
    }
    return without.toString();
  }

  private static boolean isOfAWord(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  private Subject subject(Reading reading, Map<String, String> source, Kind supposed)
      throws Unreadable {
    Subject whole = reading.device("", supposed);
    if (source.isEmpty() || !settings.recorders().contains(whole.device().value())) {
      return whole;
    }
    return reading.device(source.values().iterator().next(), supposed);
  }

  private void describe(Map<String, String> items, ValueCollector values) throws Unreadable {
    for (Map.Entry<String, String> item : items.entrySet()) {
      String name = item.getKey().toLowerCase(Locale.ROOT);
      if (settings.people() || PERSONAL.stream().noneMatch(name::contains)) {
        values.put(item.getKey(), item.getValue());
      }
    }
  }

  private static Map<String, String> items(XmlElement message, String part) {
    Map<String, String> items = new LinkedHashMap<>();
    message
        .find(part)
        .ifPresent(
            found -> {
              for (XmlElement item : found.all("SimpleItem")) {
                items.putIfAbsent(
                    item.attribute("Name").orElse(""), item.attribute("Value").orElse(""));
              }
            });
    return items;
  }
}
