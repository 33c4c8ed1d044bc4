package org.linli.edge.profile.senml;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TimeOrder;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.wired.WiredInputs;
import org.linli.edge.profile.wired.WiredStates;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.program.Shown;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sensor Measurement Lists, RFC 8428, in JSON (content format 110) and CBOR (112).
 *
 * <p>The addressed device is the subject. Records of one time are one measurement. A value has its
 * name without the base name, or its whole name if a pack has more than one base name. A unit is
 * added as {@code <name>.unit}, a sum as {@code <name>.sum}, an update time as {@code <name>.ut}. A
 * record that cannot be read costs no other one its value, and is a dead letter.
 */
@Component
final class SenmlProfile implements Profile {

  private final WiredInputs inputs;
  private final WiredStates states = new WiredStates(new Changes());

  SenmlProfile(SenmlSettings settings) {
    this.inputs = settings.inputs();
  }

  @Override
  public String name() {
    return "senml";
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    boolean cbor = isCbor(message);
    JsonNode pack = SenmlPack.read(message.payload(), cbor, reading.document());
    List<ResolvedRecord> records =
        Resolver.resolve(
            pack,
            cbor,
            message.receivedAt(),
            (unreadable, record) -> {
              reading.document().note(unreadable.defect());
              reading
                  .document()
                  .keepUnread(unreadable, record.toString().getBytes(StandardCharsets.UTF_8));
            });
    boolean oneBase = records.stream().map(ResolvedRecord::base).distinct().count() == 1;
    Map<Instant, Moment> moments = new LinkedHashMap<>();
    for (ResolvedRecord record : records) {
      moments
          .computeIfAbsent(
              DeviceTimes.ofSeconds(Labels.TIME, record.seconds()), time -> new Moment())
          .add(oneBase ? record.shortName() : record.name(), record);
    }
    Subject subject = reading.device("", Kind.ENVIRONMENT);
    for (Map.Entry<Instant, Moment> moment : inOrder(moments, subject)) {
      reading.nextPart();
      for (Unreadable clock : moment.getValue().clocks) {
        var _ =
            reading.time(
                () -> {
                  throw clock;
                });
      }
      List<Values> measured = moment.getValue().values.inParts();
      reading.measured(subject, moment.getKey(), measured);
      states.read(inputs, reading, subject, "", moment.getKey(), measured);
    }
  }

  /** In the order of their times, where a value has a meaning; otherwise as they came. */
  private List<Map.Entry<Instant, Moment>> inOrder(Map<Instant, Moment> moments, Subject subject) {
    List<Map.Entry<Instant, Moment>> asTheyCame = List.copyOf(moments.entrySet());
    boolean areSaid =
        WiredStates.mayBeSaid(inputs, subject, "")
            && moments.values().stream()
                .anyMatch(
                    moment -> WiredStates.areSaid(inputs, subject, "", moment.values.inParts()));
    return areSaid ? TimeOrder.sorted(asTheyCame, Map.Entry::getKey) : asTheyCame;
  }

  /**
   * Decides by the media type; if none is given, by the first byte, which is never {@code [} in
   * CBOR.
   */
  private static boolean isCbor(Delivered message) throws Unreadable {
    String type = message.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.endsWith("xml") || type.endsWith("exi")) {
      throw new Unreadable(
          RefusalReason.UNSUPPORTED_FORMAT,
          Shown.text(type) + ": SenML is read as application/senml+json or +cbor");
    }
    if (type.endsWith("cbor") || type.endsWith("json")) {
      return type.endsWith("cbor");
    }
    return message.payload().length > 0 && message.payload()[0] < 0;
  }

  /** The readings of one time. */
  private static final class Moment {

    private final ValueCollector values = new ValueCollector();
    private final Map<String, Integer> times = new HashMap<>();

    /** Why these are of the gateway's time, as far as they are. */
    private final List<Unreadable> clocks = new ArrayList<>();

    void add(String called, ResolvedRecord record) throws Unreadable {
      if (record.clock() != null) {
        clocks.add(record.clock());
      }
      int time = times.merge(called, 1, Integer::sum);
      String name = time == 1 ? called : called + "-" + time;
      if (record.value() != null) {
        values.put(name, record.value());
      }
      if (record.sum() != null) {
        values.put(name + ".sum", record.sum());
      }
      if (record.unit() != null) {
        values.put(name + ".unit", record.unit());
      }
      if (record.updateSeconds() != null) {
        values.put(name + ".ut", record.updateSeconds());
      }
    }
  }
}
