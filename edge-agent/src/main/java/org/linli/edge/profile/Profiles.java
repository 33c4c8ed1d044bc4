package org.linli.edge.profile;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.TopicFilter;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Passes each message to the profile that reads it: by the MQTT topic, or by the name in {@code
 * /intake/{profile}/{deviceId}}. Messages for {@code linli/{kind}/{deviceId}} are Linli JSON or
 * SenML. Thread-safe.
 */
@Component
public final class Profiles {

  private static final Logger log = LoggerFactory.getLogger(Profiles.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final String SENML = "senml";

  /** The profile name under which Linli JSON equipment is registered. */
  private static final String LINLI = "linli";

  private final AddressedFormat ownFormat;
  private final KnownDevices known;
  private final Recognition recognition;
  private final Senders senders;
  private final LifeDoubts doubts;
  private final KnownStates states;
  private final MeterRegistry meters;
  private final List<Profile> builtIn;
  private volatile ProfileTable table;

  /**
   * @throws IllegalArgumentException if two profiles read one topic, or if a disabled one does not
   *     exist
   */
  @Autowired
  public Profiles(
      List<Profile> profiles,
      AddressedFormat ownFormat,
      KnownDevices known,
      KnownStates states,
      ProfileSettings settings,
      MeterRegistry meters) {
    this.ownFormat = ownFormat;
    this.states = states;
    this.known = known;
    this.recognition = new Recognition(known);
    this.senders = new Senders(known);
    this.doubts = new LifeDoubts(known);
    this.meters = meters;
    TreeSet<String> names =
        profiles.stream().map(Profile::name).collect(Collectors.toCollection(TreeSet::new));
    for (String off : settings.off()) {
      if (!names.contains(off)) {
        throw new IllegalArgumentException(
            "linli.profile.off has '" + off + "', which is none of " + String.join(", ", names));
      }
    }
    this.builtIn =
        profiles.stream().filter(profile -> !settings.off().contains(profile.name())).toList();
    this.table = ProfileTable.of(builtIn, List.of());
  }

  /** The same, with states that no restart outlives. */
  public Profiles(
      List<Profile> profiles,
      AddressedFormat ownFormat,
      KnownDevices known,
      ProfileSettings settings,
      MeterRegistry meters) {
    this(profiles, ownFormat, known, KnownStates.untilTheEnd(known), settings, meters);
  }

  /**
   * Sets the mapped profiles, which read beside the built-in ones and replace the previous mapped
   * ones.
   *
   * @throws IllegalArgumentException if one has the name or a topic of another; then nothing
   *     changes
   */
  public void useMapped(List<? extends Profile> mapped) {
    table = ProfileTable.of(builtIn, mapped);
  }

  /**
   * Why a mapped profile cannot read beside the built-in ones: it has the name or a topic of one.
   * Empty if it can.
   */
  public Optional<String> conflict(Profile mapped) {
    for (Profile profile : builtIn) {
      if (profile.name().equals(mapped.name())) {
        return Optional.of(
            "name: "
                + mapped.name()
                + " is the name of a built-in profile: give the mapping another one, or switch the"
                + " profile off with linli.profile.off");
      }
    }
    try {
      var _ = ProfileTable.of(builtIn, List.of(mapped));
      return Optional.empty();
    } catch (IllegalArgumentException sameTopics) {
      return Optional.of("topic: " + sameTopics.getMessage());
    }
  }

  /**
   * The topic filters of a profile.
   *
   * @throws IllegalArgumentException if there is no profile of that name; the message lists the
   *     existing ones
   */
  public List<TopicFilter> ofProfile(String name) {
    Profile profile = table.named(name);
    if (profile == null) {
      throw new IllegalArgumentException(table.lacks(name));
    }
    return profile.topics().stream().map(TopicFilter::new).toList();
  }

  /** Whether a profile of that name reads a topic. */
  public boolean reads(String name, String topic) {
    return name.equals(reader(Address.published(topic, "")));
  }

  /**
   * Interprets a message and brings it to the outbox, in this thread alone: until then no other one
   * that speaks of the same devices is judged ({@link DeviceTurns}).
   */
  public void inTurn(Runnable way) {
    states.turns().within(way);
  }

  /** Interprets a message. Never throws: any bytes are understood, or refused with a reason. */
  public Interpreted interpret(Message message) {
    Interpreted read = read(message);
    return read instanceof Interpreted.Refused refused
        ? new Interpreted.Refused(
            refused.message(),
            OtherFormat.named(message, refused.refusal(), ownFormat::looksLikeCbor),
            refused.basis(),
            refused.about() == null ? sender(message) : refused.about(),
            refused.lifeWord())
        : read;
  }

  /** The registered device that sent it, by where it was sent to; null for none. */
  private @Nullable DeviceId sender(Message message) {
    try {
      return senders.registered(message.address(), reader(message.address()));
    } catch (RuntimeException defect) {
      var _ = failed(LINLI, message, defect);
      return null;
    }
  }

  /** The name of the profile that reads a topic; null for none. */
  private @Nullable String reader(Address address) {
    Profile reader =
        address instanceof Address.Topic(String topic, var _) ? table.reader(topic) : null;
    return reader == null ? null : reader.name();
  }

  private Interpreted read(Message message) {
    Refusal atTheDoor = message.refusal();
    if (atTheDoor != null) {
      return new Interpreted.Refused(message, atTheDoor);
    }
    try {
      Interpreted read =
          switch (message.address()) {
            case Address.Device device when device.format().isSenml() -> senml(message, device);
            case Address.Device _ -> addressed(ownFormat.interpret(message));
            case Address.Topic topic -> published(message, topic);
            case Address.ToProfile posted -> posted(message, posted);
          };
      return message.origin().wasRetained() ? settled(read) : read;
    } catch (Unreadable unreadable) {
      return new Interpreted.Refused(message, unreadable.refusal());
    } catch (RuntimeException | StackOverflowError defect) {
      // Otherwise its device would send it again for ever, and nothing after it.
      return new Interpreted.Refused(message, failed(LINLI, message, defect).refusal());
    }
  }

  private static Interpreted settled(Interpreted read) {
    if (!(read instanceof Interpreted.Understood understood)
        || understood.events().stream().noneMatch(StaleEvents::isOld)) {
      return read;
    }
    // Undone, so that a state which still holds is an event when the device itself sends it.
    if (understood.basis() instanceof ReadingBasis basis) {
      basis.outdated();
    }
    return new Interpreted.Understood(
        understood.message(), StaleEvents.settled(understood.events()), understood.basis());
  }

  private static Unreadable failed(String profile, Message message, Throwable defect) {
    limited
        .atError(profile)
        .addKeyValue("profile", profile)
        .addKeyValue("source", message.source())
        .setCause(defect)
        .log("A profile failed; what it could not read is kept as a dead letter");
    return new Unreadable(
        RefusalReason.PROFILE_FAILED,
        "the profile " + profile + " failed on it, which is a defect of it: " + defect);
  }

  private Interpreted addressed(Interpreted read) {
    if (!(read instanceof Interpreted.Understood understood)) {
      return read;
    }
    Message message = understood.message();
    UnreadPart left = doubts.keptOf(understood, () -> sender(message));
    List<DeviceEvent> events = recognition.addressed(LINLI, understood.events());
    if (!ToldAlarms.concernAny(events)) {
      return new Interpreted.Understood(message, events, left == null ? Basis.NONE : left);
    }
    return judged(message, events, left == null ? null : left.unread());
  }

  /** Each event of Linli JSON is a part of its own, in the order of their times. */
  private Interpreted judged(
      Message message, List<DeviceEvent> events, Interpreted.@Nullable Refused unread) {
    MessageReading reading =
        new MessageReading(
            LINLI, known, states, null, null, message.receivedAt(), message.origin().wasRetained());
    for (DeviceEvent event : TimeOrder.sorted(events, DeviceEvent::time)) {
      reading.told(event, false);
      reading.nextPart();
    }
    reading.basis().unread(unread);
    return new Interpreted.Understood(message, reading.events(), reading.basis());
  }

  private Interpreted senml(Message message, Address.Device address) throws Unreadable {
    Kind kind = Addressed.kind(address.kind());
    DeviceId device = Addressed.device(address.device());
    String contentType =
        address.format().isCbor() ? "application/senml+cbor" : "application/senml+json";
    return read(message, named(SENML), "", "", contentType, device, kind);
  }

  private Interpreted published(Message message, Address.Topic address) throws Unreadable {
    Profile reader = table.reader(address.topic());
    if (reader != null) {
      return read(message, reader, address.topic(), address.client(), "", null, null);
    }
    throw new Unreadable(
        RefusalReason.UNKNOWN_ADDRESS,
        "no profile reads this topic; events go to linli/{kind}/{deviceId}");
  }

  private Interpreted posted(Message message, Address.ToProfile address) throws Unreadable {
    Profile profile = named(address.profile());
    DeviceId device = Addressed.device(address.device());
    return read(message, profile, "", "", address.contentType(), device, null);
  }

  private Profile named(String name) throws Unreadable {
    ProfileTable now = table;
    Profile profile = now.named(name);
    if (profile == null) {
      throw new Unreadable(RefusalReason.UNKNOWN_ADDRESS, now.lacks(name));
    }
    return profile;
  }

  private Interpreted read(
      Message received,
      Profile profile,
      String topic,
      String client,
      String contentType,
      @Nullable DeviceId device,
      @Nullable Kind kind) {
    MessageReading reading =
        new MessageReading(
            profile.name(),
            known,
            states,
            device,
            kind,
            received.receivedAt(),
            received.origin().wasRetained());
    Delivered delivered =
        new Delivered(topic, client, contentType, received.said(), received.receivedAt());
    String cut = received.cut();
    if (cut != null) {
      reading.document().note(cut);
    }
    Message message = profile.kept(received);
    try {
      profile.read(delivered, reading);
      reading.document().requireAlarmBesideDefects(reading.isPassedOver());
      reading.basis().unread(unread(message, reading));
      if (reading.hasEvents()) {
        if (reading.hasDefects()) {
          meters.counter("linli.profile.defects", "profile", profile.name()).increment();
        }
        return new Interpreted.Understood(message, recognition.read(reading), reading.basis());
      }
    } catch (Unreadable unreadable) {
      return refused(message, reading.document().first(unreadable).refusal(), reading);
    } catch (RuntimeException | StackOverflowError defect) {
      return refused(message, failed(profile.name(), message, defect).refusal(), reading);
    }
    if (reading.isPassedOver()) {
      meters.counter("linli.profile.passed.over", "profile", profile.name()).increment();
      return new Interpreted.PassedOver(message, reading.basis());
    }
    Refusal nothing = reading.document().nothing(profile.name());
    if (reading.holdsIfRefused()) {
      return new Interpreted.Refused(message, nothing, reading.basis(), reading.registered());
    }
    return refused(message, nothing, reading);
  }

  private Interpreted.@Nullable Refused unread(Message message, MessageReading reading) {
    UnreadPart part = reading.besides().partOf(message);
    if (part.unread() == null) {
      return null;
    }
    DeviceId registered = reading.registered();
    return doubts.about(
        part, message, reading.events(), registered == null ? sender(message) : registered);
  }

  private static Interpreted refused(Message message, Refusal why, MessageReading reading) {
    reading.basis().refused();
    return new Interpreted.Refused(message, why, reading.basis(), reading.registered());
  }
}
