package org.linli.edge.profile.sparkplug;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TimeOrder;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.wired.WiredInputs;
import org.linli.edge.profile.wired.WiredStates;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.program.Shown;
import org.springframework.stereotype.Component;

/**
 * Sparkplug B (Eclipse Sparkplug specification 3.0, chapters 4 and 6). Equipment is named {@code
 * group/node} and {@code group/node/device}. Births give {@code device.online} and define all
 * metrics, data give measurements, deaths give {@code device.offline}; a gap in a node's sequence
 * gives {@code messages.missed}. Commands and the states of host applications are passed over.
 */
@Component
final class SparkplugProfile implements Profile {

  private static final EventType ONLINE = new EventType("device.online");
  private static final EventType OFFLINE = new EventType("device.offline");
  private static final EventType MISSED = new EventType("messages.missed");
  private static final String BIRTH_DEATH_SEQUENCE = "bdSeq";

  /** The number of a node's session, among its known states. */
  private static final String SESSION = "session";

  /** After the number of a session that was written again. */
  private static final String AGAIN = "+";

  /** From so many devices on, a new one may push out what has not changed for the longest. */
  private static final int MANY_DEVICES = 750;

  /** Begins the names of a node's devices, among its known states. */
  private static final String BORN = "born/";

  private final EdgeNodes nodes = new EdgeNodes();
  private final Changes changes = new Changes();
  private final WiredStates states = new WiredStates(changes);
  private final WiredInputs inputs;

  SparkplugProfile(SparkplugSettings settings) {
    this.inputs = settings.inputs();
  }

  @Override
  public String name() {
    return "sparkplug";
  }

  @Override
  public List<String> topics() {
    return List.of("spBv1.0/#");
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    String[] levels = message.levels();
    if (levels.length > 2 && levels[1].equals("STATE")) {
      reading.passOver();
      return;
    }
    if (levels.length < 4 || levels.length > 5) {
      throw unknown("spBv1.0/{group}/{type}/{node} or spBv1.0/{group}/{type}/{node}/{device}");
    }
    String type = levels[2];
    boolean ofDevice = type.startsWith("D");
    if (ofDevice != (levels.length == 5)) {
      throw unknown(Shown.text(type) + (ofDevice ? " names a device" : " names no device"));
    }
    String node = levels[1] + "/" + levels[3];
    String device = ofDevice ? levels[4] : "";
    switch (type) {
      case "NCMD", "DCMD" -> reading.passOver();
      case "NBIRTH", "DBIRTH" -> birth(node, device, message, reading);
      case "NDATA", "DDATA" -> data(node, device, message, reading);
      case "NDEATH", "DDEATH" -> death(node, device, message, reading);
      default -> throw unknown(Shown.text(type) + " is no type of message");
    }
  }

  private static Unreadable unknown(String rule) {
    return new Unreadable(
        RefusalReason.UNKNOWN_ADDRESS, "the topic is none of Sparkplug B: " + rule);
  }

  private Subject subject(String node, String device, MessageReading reading) throws Unreadable {
    String name = named(node, device);
    return reading.device(name, inputs.kind(name, Kind.ENVIRONMENT));
  }

  private static String named(String node, String device) {
    return device.isEmpty() ? node : node + "/" + device;
  }

  private void birth(String node, String device, Delivered message, MessageReading reading)
      throws Unreadable {
    Payload payload = Payload.read(message.payload());
    Subject subject = subject(node, device, reading);
    Instant time = reading.time(() -> time("timestamp", payload.millis()));
    if (device.isEmpty()) {
      nodes.restart(node);
    }
    sequence(node, payload, time, reading);
    boolean changed = changes.isChange(reading, subject, "online", true);
    if (changed || payload.metrics().isEmpty()) {
      reading.happened(subject, ONLINE, time, Values.NONE);
    }
    // At the birth of a node nothing known about it holds any more.
    String known = device.isEmpty() ? null : node;
    ValueCollector values = new ValueCollector();
    for (Metric metric : payload.metrics()) {
      put(values, known, device, metric);
    }
    measured(node, device, subject, time, values, reading);
    // Done last, so that a refused message leaves nothing behind.
    recall(node, reading);
    if (device.isEmpty()) {
      Long session = session(payload);
      changes.note(reading, subject, SESSION, session == null ? "" : session, null);
      nodes.born(node, payload.metrics(), session);
      reading.ifNotKept(() -> nodes.notBorn(node));
    } else {
      noteBirth(reading, subject(node, "", reading), device);
      if (nodes.deviceBorn(node, device, payload.metrics())) {
        reading.ifNotKept(() -> nodes.deviceNotBorn(node, device));
      }
    }
  }

  /** The session of a node with many devices is said again, because it must not be pushed out. */
  private void noteBirth(MessageReading reading, Subject node, String device) {
    if (changes.known(reading, node, BORN + device) != null) {
      return;
    }
    // Not true: it must not outlast the session as an alarm that holds would.
    changes.note(reading, node, BORN + device, "born", null);
    StateChange.Known session = changes.known(reading, node, SESSION);
    if (session != null && changes.names(reading, node, BORN).size() >= MANY_DEVICES) {
      String state = session.state();
      changes.note(
          reading, node, SESSION, state.endsWith(AGAIN) ? number(state) : state + AGAIN, null);
    }
  }

  private static String number(String session) {
    return session.endsWith(AGAIN)
        ? session.substring(0, session.length() - AGAIN.length())
        : session;
  }

  /** What a restart made the gateway forget about a node: its session and its devices. */
  private void recall(String node, MessageReading reading) throws Unreadable {
    if (nodes.knows(node)) {
      return;
    }
    Subject itself = subject(node, "", reading);
    StateChange.Known session = changes.known(reading, itself, SESSION);
    String said = session == null ? "" : number(session.state());
    nodes.recall(
        node,
        said.matches("\\d{1,18}") ? Long.valueOf(said) : null,
        changes.names(reading, itself, BORN));
  }

  private void data(String node, String device, Delivered message, MessageReading reading)
      throws Unreadable {
    Payload payload = Payload.read(message.payload());
    Subject subject = subject(node, device, reading);
    Instant sent = reading.time(() -> time("timestamp", payload.millis()));
    sequence(node, payload, sent, reading);
    Map<Long, ValueCollector> moments = new LinkedHashMap<>();
    for (Metric metric : payload.metrics()) {
      Long millis = metric.millis() == null ? payload.millis() : metric.millis();
      put(
          moments.computeIfAbsent(millis == null ? -1 : millis, each -> new ValueCollector()),
          node,
          device,
          metric);
    }
    List<Map.Entry<Long, ValueCollector>> inOrder = List.copyOf(moments.entrySet());
    if (areSaid(inOrder, subject, named(node, device))) {
      inOrder = TimeOrder.sorted(inOrder, moment -> rank(moment.getKey()));
    }
    for (Map.Entry<Long, ValueCollector> moment : inOrder) {
      Instant time =
          moment.getKey() == -1
              ? null
              : reading.time(() -> time("timestamp of a metric", moment.getKey()));
      measured(node, device, subject, time, moment.getValue(), reading);
    }
  }

  private boolean areSaid(
      List<Map.Entry<Long, ValueCollector>> moments, Subject subject, String whose) {
    return WiredStates.mayBeSaid(inputs, subject, whose)
        && moments.stream()
            .anyMatch(
                moment -> WiredStates.areSaid(inputs, subject, whose, moment.getValue().inParts()));
  }

  /** The time of a moment, to compare it with others. What has none is said of the present. */
  private static Instant rank(long millis) {
    return millis < 0 ? Instant.MAX : Instant.ofEpochMilli(millis);
  }

  private void measured(
      String node,
      String device,
      Subject subject,
      @Nullable Instant time,
      ValueCollector collected,
      MessageReading reading)
      throws Unreadable {
    List<Values> values = collected.inParts();
    reading.measured(subject, time, values);
    states.read(inputs, reading, subject, named(node, device), time, values);
  }

  private void death(String node, String device, Delivered message, MessageReading reading)
      throws Unreadable {
    Payload payload = Payload.read(message.payload());
    Instant time = reading.time(() -> time("timestamp", payload.millis()));
    if (!device.isEmpty()) {
      sequence(node, payload, time, reading);
      offline(subject(node, device, reading), time, reading);
      return;
    }
    recall(node, reading);
    if (nodes.isStale(node, session(payload))) {
      reading.passOver();
      return;
    }
    nodes.restart(node);
    // A broker publishes the will that the node left when it connected, so its time is not now.
    offline(subject(node, "", reading), null, reading);
    EdgeNodes.Died died = nodes.died(node, MessageReading.MAX_IMPLIED);
    reading.ifNotKept(() -> nodes.notDied(node, died));
    EdgeNodes.Death before = died.before();
    if (before != null) {
      reading.restsOn(before::holds);
    }
    for (String each : died.devices()) {
      Subject gone = subject(node, each, reading);
      if (!isKnownOffline(reading, gone) && changes.isChange(reading, gone, "online", false)) {
        reading.implied(gone, OFFLINE);
      }
    }
  }

  private boolean isKnownOffline(MessageReading reading, Subject subject) {
    StateChange.Known known = changes.known(reading, subject, "online");
    return known != null && known.state().equals("false");
  }

  private void offline(Subject subject, @Nullable Instant time, MessageReading reading)
      throws Unreadable {
    changes.note(reading, subject, "online", false, null);
    reading.happened(subject, OFFLINE, time, Values.NONE);
  }

  private void sequence(
      String node, Payload payload, @Nullable Instant time, MessageReading reading)
      throws Unreadable {
    Long said = payload.sequence();
    if (said == null) {
      return;
    }
    OptionalLong expected = nodes.expected(node, said);
    reading.ifNotKept(() -> nodes.restart(node));
    if (expected.isPresent()) {
      reading.happened(
          subject(node, "", reading),
          MISSED,
          time,
          new ValueCollector().put("expected", expected.getAsLong()).put("came", said).first());
    }
  }

  /**
   * @param node the node whose births define the metric; null for none
   */
  private void put(ValueCollector values, @Nullable String node, String device, Metric metric)
      throws Unreadable {
    String name = metric.name();
    int type = metric.type();
    Long alias = metric.alias();
    if (name == null || name.isEmpty()) {
      if (alias == null) {
        throw new Unreadable(
            RefusalReason.MISSING_FIELD, "a metric has neither a name nor an alias");
      }
      EdgeNodes.Named named = node == null ? null : nodes.named(node, alias);
      name = named == null ? "alias-" + Long.toUnsignedString(alias) : named.name();
      type = type == 0 && named != null ? named.type() : type;
    } else if (type == 0 && node != null) {
      type = nodes.type(node, device, name);
    }
    DataTypes.put(values, name, type, metric);
  }

  /** Null if there is none, or if it is not a number, against the specification. */
  private static @Nullable Long session(Payload payload) {
    for (Metric metric : payload.metrics()) {
      if (BIRTH_DEATH_SEQUENCE.equals(metric.name())) {
        return metric.value() instanceof Long number ? number : null;
      }
    }
    return null;
  }

  private static @Nullable Instant time(String field, @Nullable Long millis) throws Unreadable {
    return millis == null ? null : DeviceTimes.ofSeconds(field, millis / 1_000.0);
  }
}
