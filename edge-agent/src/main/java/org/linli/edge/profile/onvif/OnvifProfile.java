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
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Reading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
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

  private final OnvifSettings settings;
  private final Conditions conditions = new Conditions(new Changes());

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
    String operation = said.attribute("PropertyOperation").orElse("Changed");
    String time = said.attribute("UtcTime").orElse("");
    Instant claimed =
        time.isEmpty()
            ? null
            : reading.time(() -> DeviceTimes.read("UtcTime", time, ZoneOffset.UTC));
    Map<String, String> source = items(said, "Source");
    source.putAll(items(said, "Key"));
    Map<String, String> data = items(said, "Data");
    List<Topics.Meaning> meanings = Topics.of(topic);
    Kind supposed = meanings.isEmpty() ? Kind.CAMERA : meanings.getFirst().kind();
    Subject subject = subject(reading, source, supposed);
    ValueCollector values = new ValueCollector().put("topic", topic);
    reading.beside(
        () -> {
          describe(data, values);
          describe(source, values);
        });

    boolean isState = operation.equals("Initialized");
    List<EventType> begun = new ArrayList<>();
    List<EventType> ended = new ArrayList<>();
    for (Topics.Meaning meaning :
        operation.equals("Deleted") ? List.<Topics.Meaning>of() : meanings) {
      EventType type = type(meaning, topic, source, data, reading, subject, isState);
      if (type != null) {
        (type.equals(meaning.type()) ? begun : ended).add(type);
      }
    }
    // One state may have several meanings, and one that begins implies that the others do not hold.
    List<EventType> told = begun.isEmpty() ? ended : begun;
    Instant when = isState ? null : claimed;
    for (EventType type : told) {
      reading.happened(subject, type, when, values.first());
    }
    if (told.isEmpty()) {
      reading.measured(subject, when, values.put("operation", operation).inParts());
    }
  }

  /** The topic without the prefixes of its namespaces, which each device chooses for itself. */
  private static String topic(XmlElement notification) throws Unreadable {
    String said =
        notification
            .text("Topic")
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

  /** The event type of a change; null if there is none, or none to report. */
  private @Nullable EventType type(
      Topics.Meaning meaning,
      String topic,
      Map<String, String> source,
      Map<String, String> data,
      Reading reading,
      Subject subject,
      boolean isState)
      throws Unreadable {
    if (meaning.state().isEmpty()) {
      return isState ? null : meaning.type();
    }
    String value = data.get(meaning.state());
    if (value == null) {
      throw new Unreadable(
          RefusalReason.MISSING_FIELD, "Data." + meaning.state() + ": is missing in " + topic);
    }
    Boolean holds = meaning.holds(value);
    if (holds == null) {
      // It says nothing about this state, and so neither begins nor ends it.
      return null;
    }
    String where = source.toString();
    Optional<Boolean> change =
        conditions.change(
            reading,
            subject,
            meaning.topic() + meaning.type(),
            where.length() > LONGEST_SOURCE ? where.substring(0, LONGEST_SOURCE) : where,
            holds);
    if (change.isEmpty() || isState && !meaning.lasts()) {
      return null;
    }
    return holds ? meaning.type() : meaning.off();
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
