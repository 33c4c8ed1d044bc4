package org.linli.edge.profile.frigate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.OnlineState;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.JsonFields;
import org.linli.edge.profile.format.ScalarPayload;
import org.linli.edge.profile.format.TopicPrefix;
import org.linli.edge.profile.format.Truth;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The topics of Frigate 0.12 to 0.17 (the page "MQTT" of its documentation). A camera is a device
 * under its name in Frigate. So is a zone, because its counts cannot be distinguished from a
 * camera's. Frigate itself is the device with the name of the base topic.
 *
 * <pre>
 * frigate/reviews                  ──▶ zone.intruded, review.alert, review.detection
 * frigate/events                   ──▶ object.detected
 * frigate/tracked_object_update    ──▶ object.updated, plate.read
 * frigate/available                ──▶ device.online, device.offline
 * frigate/CAMERA/status/ROLE       ──▶ device.online, device.offline, stream.…
 * frigate/CAMERA/audio/LABEL       ──▶ fire.seen, sound.detected
 * frigate/stats, all other states  ──▶ measurement
 * </pre>
 *
 * <p>Repetitions about a tracked object, pictures, commands, transcribed speech and Frigate's own
 * bookkeeping are passed over.
 */
@Component
final class FrigateProfile implements Profile {

  private static final EventType TRIGGERED = new EventType("trigger.matched");
  private static final String LAST_GONE = "gone";
  private static final Set<String> BOOKKEEPING =
      Set.of(
          "restart",
          "onConnect",
          "camera_activity",
          "birdseye_layout",
          "model_state",
          "embeddings_reindex_progress",
          "audio_detections",
          "audio_transcription_state",
          "job_state");
  private static final Set<String> COMMANDS = Set.of("set", "suspend", "ptz");

  /** Process numbers would make new value names at each start of Frigate. */
  private static final Set<String> PROCESSES = Set.of("cameras", "cpu_usages", "processes");

  private final TopicPrefix base;
  private final SeenFires fires;
  private final Reviews reviews;
  private final TrackedObjects objects;
  private final Changes changes = new Changes();
  private final OnlineState presence = new OnlineState(changes);

  FrigateProfile(FrigateSettings settings) {
    this.base = settings.base();
    this.fires = new SeenFires();
    this.reviews = new Reviews(settings, fires);
    this.objects = new TrackedObjects(settings, fires);
  }

  @Override
  public String name() {
    return "frigate";
  }

  @Override
  public List<String> topics() {
    return List.of(base.allBelow());
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    String topic = base.below(message.topic());
    if (topic.isEmpty()) {
      throw new Unreadable(
          RefusalReason.UNKNOWN_ADDRESS,
          "Frigate is read over MQTT, from the topics below " + base.text());
    }
    String[] levels = topic.split("/", -1);
    if (isHousekeeping(levels)) {
      reading.passOver();
      return;
    }
    switch (topic) {
      case "available" -> available(message, reading);
      case "events" -> objects.event(JsonFields.ofDocument(message.payload(), reading), reading);
      case "reviews" ->
          reviews.read(JsonFields.ofDocument(message.payload(), reading), reading, itself(reading));
      case "tracked_object_update" ->
          objects.update(
              JsonFields.ofDocument(message.payload(), reading), reading, itself(reading));
      case "stats" -> stats(Json.object(message.payload(), reading), reading);
      case "triggers" -> triggered(JsonFields.ofDocument(message.payload(), reading), reading);
      default -> {
        if (levels.length == 3 && levels[1].equals("status")) {
          status(reading, camera(reading, levels[0]), levels[2], message);
        } else {
          if (levels.length == 3 && levels[1].equals("audio")) {
            heard(reading, camera(reading, levels[0]), levels[2], message);
          }
          state(levels, message, reading);
        }
      }
    }
  }

  private static boolean isHousekeeping(String[] levels) {
    String last = levels[levels.length - 1];
    return levels.length == 1
        ? BOOKKEEPING.contains(last)
        : COMMANDS.contains(last)
            || last.equals("snapshot")
            || last.equals("transcription") && levels[levels.length - 2].equals("audio");
  }

  private Subject itself(MessageReading reading) throws Unreadable {
    return reading.device(base.text(), Kind.CAMERA);
  }

  static Subject camera(MessageReading reading, String name) throws Unreadable {
    return reading.device(name, Kind.CAMERA);
  }

  private void available(Delivered message, MessageReading reading) throws Unreadable {
    String word = ScalarPayload.read(message.payload());
    boolean online = !word.equals("stopped") && ScalarPayload.isOnline("", word);
    Subject frigate = itself(reading);
    presence.tell(reading, frigate, online);
    if (!online) {
      changes.note(reading, frigate, LAST_GONE, reading.receivedAt().toEpochMilli(), null);
    }
  }

  /** The detection stream determines whether a camera is online; the others are only values. */
  private void status(MessageReading reading, Subject camera, String role, Delivered message)
      throws Unreadable {
    String word = ScalarPayload.read(message.payload());
    boolean disabled = word.equalsIgnoreCase("disabled");
    boolean online = !disabled && ScalarPayload.isOnline("", word);
    if (role.equals("detect") && !disabled) {
      presence.tell(reading, camera, online);
      return;
    }
    Values values = new ValueCollector().put("role", role).first();
    String state = disabled ? "disabled" : online ? "online" : "offline";
    reading.measured(camera, null, new ValueCollector().put("status." + role, state).inParts());
    if (changes.isChange(reading, camera, "status." + role, state)) {
      reading.happened(camera, new EventType("stream." + state), null, values);
    }
  }

  /**
   * A sound that begins may be an event; its end clears nothing. What was heard before Frigate went
   * says nothing of what is heard after it came back.
   */
  private void heard(MessageReading reading, Subject camera, String label, Delivered message)
      throws Unreadable {
    Optional<EventType> event = Sounds.event(label);
    if (event.isEmpty()) {
      return;
    }
    String word = ScalarPayload.read(message.payload());
    boolean isHeard =
        Truth.ofWord(word)
            .orElseThrow(
                () ->
                    new Unreadable(
                        RefusalReason.BAD_FIELD, "audio/" + label + ": is neither ON nor OFF"));
    StateChange.Known gone = changes.known(reading, itself(reading), LAST_GONE);
    String state = gone == null ? Boolean.toString(isHeard) : isHeard + " since " + gone.state();
    if (changes.isChange(reading, camera, "audio/" + label, state)
        && isHeard
        && (!event.get().equals(Sounds.FIRE) || fires.isNewAsSound(reading, camera))) {
      Values values = new ValueCollector().put("audio", label).first();
      reading.happened(camera, event.get(), null, values);
    }
  }

  private void triggered(JsonFields trigger, MessageReading reading) throws Unreadable {
    ValueCollector values = new ValueCollector();
    for (String field : List.of("name", "type", "event_id")) {
      String text = trigger.text(field);
      if (text != null) {
        values.put(field, text);
      }
    }
    TrackedObjects.number(trigger, "score", values);
    reading.happened(
        camera(reading, trigger.requiredText("camera")), TRIGGERED, null, values.first());
  }

  private void stats(JsonNode stats, MessageReading reading) throws Unreadable {
    JsonNode cameras = stats.get("cameras");
    if (cameras != null) {
      for (Map.Entry<String, JsonNode> camera : cameras.properties()) {
        ValueCollector values = new ValueCollector();
        putWithoutProcesses(values, "", camera.getValue());
        reading.measured(camera(reading, camera.getKey()), null, values.inParts());
      }
    }
    ValueCollector values = new ValueCollector();
    putWithoutProcesses(values, "", stats);
    reading.measured(itself(reading), null, values.inParts());
  }

  /** Recursion is limited by the depth of a document, which {@link Json} limits. */
  private static void putWithoutProcesses(ValueCollector values, String outer, JsonNode object)
      throws Unreadable {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      if (outer.isEmpty() && PROCESSES.contains(key)) {
        continue;
      }
      if (entry.getValue().isObject()) {
        putWithoutProcesses(values, ValueCollector.joined(outer, key), entry.getValue());
      } else if (!key.endsWith("pid")) {
        values.put(outer, key, entry.getValue());
      }
    }
  }

  /** Any other topic has a number, a word or an object of Frigate, a camera or a zone. */
  private void state(String[] levels, Delivered message, MessageReading reading) throws Unreadable {
    boolean ofItself = levels.length == 1 || levels[0].equals("notifications");
    int first = ofItself ? 0 : 1;
    String name = String.join(".", List.of(levels).subList(first, levels.length));
    ValueCollector values = new ValueCollector();
    String text = ScalarPayload.read(message.payload());
    if (text.startsWith("{") || text.startsWith("[")) {
      values.put(name, Json.read(message.payload(), reading));
    } else {
      ScalarPayload.put(values, name, text);
    }
    reading.measured(
        ofItself ? itself(reading) : camera(reading, levels[0]), null, values.inParts());
  }
}
