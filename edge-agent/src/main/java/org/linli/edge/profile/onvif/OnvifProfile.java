package org.linli.edge.profile.onvif;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TimeOrder;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.Picture;
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

  /** Ten times the longest topic of the standard, in characters. */
  private static final int LONGEST_TOPIC = 1_024;

  private static final String INITIALIZED = "Initialized";
  private static final String DELETED = "Deleted";
  private static final EventType PLATE_READ = new EventType("plate.read");
  private static final EventType VEHICLE_SEEN = new EventType("vehicle.seen");

  private final OnvifSettings settings;
  private final SourceStates states = new SourceStates();

  OnvifProfile(OnvifSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "onvif";
  }

  /** One notification, before anything is remembered of it. */
  private record Notification(
      String topic,
      String operation,
      String time,
      Map<String, List<String>> source,
      boolean isOfObject,
      Map<String, List<String>> data,
      List<Statement> statements,
      List<Unreadable> defects) {

    boolean is(String other) {
      return operation.equalsIgnoreCase(other);
    }
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    XmlElement root = Xml.read(message.payload(), reading.document());
    List<XmlElement> elements = notifications(root);
    if (elements.isEmpty()) {
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT, "it has no NotificationMessage, which this profile reads");
    }
    List<Notification> notifications = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (XmlElement each : elements) {
      try {
        notifications.add(notification(each));
      } catch (Unreadable broken) {
        unreadable.add(broken);
      }
    }
    if (notifications.isEmpty()) {
      throw unreadable.getFirst();
    }
    boolean lostPicture = Picture.isCutOutOf(message.payload());
    for (Notification each : TimeOrder.sorted(notifications, said -> time(said, reading))) {
      // It may be an alarm: the others say so if they are one, or else all of them are refused.
      unreadable.forEach(reading::beside);
      tell(each, lostPicture, reading);
      reading.nextPart();
    }
  }

  /** The time of a notification, to compare it with others; now if it has none. */
  private static Instant time(Notification said, MessageReading reading) {
    try {
      return said.time().isEmpty() ? reading.receivedAt() : time(said);
    } catch (Unreadable noTime) {
      return reading.receivedAt();
    }
  }

  private static Instant time(Notification said) throws Unreadable {
    return DeviceTimes.read("UtcTime", said.time(), ZoneOffset.UTC);
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

  private static Notification notification(XmlElement notification) throws Unreadable {
    String topic = topic(notification);
    XmlElement said =
        notification
            .find("Message", "Message")
            .orElseThrow(
                () -> new Unreadable(RefusalReason.MISSING_FIELD, "Message.Message: is missing"));
    String operation = said.attribute("PropertyOperation").map(String::strip).orElse("");
    Map<String, List<String>> source = items(said, "Source");
    Map<String, List<String>> key = items(said, "Key");
    boolean isOfObject = !key.isEmpty() || Sources.nameAnObject(source);
    source.putAll(key);
    Map<String, List<String>> data = items(said, "Data");
    List<Unreadable> defects = new ArrayList<>();
    List<Statement> statements;
    if (operation.equalsIgnoreCase(DELETED)) {
      statements = Statements.about(topic, data);
    } else {
      Statements read = Statements.of(topic, data, operation.isEmpty());
      statements = read.all();
      defects.addAll(read.defects());
    }
    String time = said.attribute("UtcTime").orElse("");
    return new Notification(topic, operation, time, source, isOfObject, data, statements, defects);
  }

  private void tell(Notification said, boolean lostPicture, MessageReading reading)
      throws Unreadable {
    said.defects().forEach(reading::mark);
    if (said.time().isEmpty()) {
      reading.noTime();
    }
    Instant claimed = said.time().isEmpty() ? null : reading.time(() -> time(said));
    boolean isInitial = said.is(INITIALIZED);
    Kind supposed = Topics.doors(said.topic()).isEmpty() ? Kind.CAMERA : Kind.ACCESS;
    Subject subject = subject(reading, said, supposed);
    ValueCollector values = new ValueCollector().put("topic", said.topic());
    if (lostPicture) {
      values.put("picture-lost", "larger than " + Picture.HTTP_LIMIT);
    }
    reading.beside(
        () -> {
          Personal.describe(said.data(), settings.people(), values);
          Personal.describe(said.source(), settings.people(), values);
        });
    Instant when = isInitial ? null : claimed;
    List<EventType> types = types(said, reading, subject, StateTime.byDevice(claimed));
    for (EventType type : types) {
      reading.happened(subject, type, when, values.first());
    }
    if (types.isEmpty()) {
      if (!said.operation().isEmpty()) {
        values.put("operation", said.operation());
      }
      reading.measured(subject, when, values.inParts());
    }
  }

  private List<EventType> types(
      Notification said, MessageReading reading, Subject subject, StateTime time) {
    String source = Sources.which(said.source(), said.data());
    SourceStates.NotificationEvents told =
        states.of(
            reading,
            subject,
            source,
            said.isOfObject(),
            said.is(INITIALIZED) || said.is(DELETED),
            time);
    for (Statement statement : said.statements()) {
      if (said.is(DELETED)) {
        told.forget(statement);
      } else {
        told.tell(statement);
      }
    }
    List<EventType> types = new ArrayList<>(told.events());
    boolean isPlate =
        Topics.doors(said.topic()).isEmpty()
            && !said.is(INITIALIZED)
            && !said.is(DELETED)
            && Items.havePlate(said.data());
    if (isPlate) {
      // A plate says more of a vehicle than that there is one, and nothing of an alarm.
      types.remove(Meaning.OBJECT.type());
      types.add(settings.people() ? PLATE_READ : VEHICLE_SEEN);
    }
    return types;
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

  private Subject subject(MessageReading reading, Notification said, Kind supposed)
      throws Unreadable {
    Subject whole = reading.device("", supposed);
    String part = Sources.part(said.source());
    if (part.isEmpty() || !settings.recorders().contains(whole.device().value())) {
      return whole;
    }
    try {
      return reading.device(part, supposed);
    } catch (Unreadable noName) {
      reading.mark(noName);
      return whole;
    }
  }

  /** All values that an item has, in order. */
  private static Map<String, List<String>> items(XmlElement message, String part) {
    Map<String, List<String>> items = new LinkedHashMap<>();
    for (XmlElement found : message.all(part)) {
      for (XmlElement item : found.all("SimpleItem")) {
        items
            .computeIfAbsent(item.attribute("Name").orElse(""), _ -> new ArrayList<>())
            .add(item.attribute("Value").orElse(""));
      }
    }
    return items;
  }
}
