package org.linli.edge.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Values;

/**
 * The result of a profile for one message. For one thread.
 *
 * <p>A profile names equipment as its format does, and the registry says which device that is.
 * Unregistered equipment gets its native name ({@link NativeNames}) and the kind that the profile
 * supposes.
 */
public final class Reading implements Basis {

  /** Most events that one message states. */
  public static final int MAX_EVENTS = 1_000;

  /**
   * Most events that one message implies. Together with {@link #MAX_EVENTS} they are no more than
   * the outbox lets wait by default.
   */
  public static final int MAX_IMPLIED = 9_000;

  private final String profile;
  private final KnownDevices known;
  private final @Nullable DeviceId addressed;
  private final Instant receivedAt;
  private final List<DeviceEvent> events = new ArrayList<>();
  private final List<Runnable> undos = new ArrayList<>();
  private final List<BooleanSupplier> reliedOn = new ArrayList<>();
  private final Map<DeviceId, Unnamed> strangers = new LinkedHashMap<>();
  private @Nullable Kind addressedKind;
  private int implied;
  private boolean passedOver;

  /** The native name of unregistered equipment, and where its kind comes from. */
  record Unnamed(String address, KindFrom kindFrom) {}

  /**
   * @param addressed the device in the message's address; null if it names none
   * @param addressedKind its kind, if the address says it
   */
  Reading(
      String profile,
      KnownDevices known,
      @Nullable DeviceId addressed,
      @Nullable Kind addressedKind,
      Instant receivedAt) {
    this.profile = profile;
    this.known = known;
    this.addressed = addressed;
    this.addressedKind = addressedKind;
    this.receivedAt = receivedAt;
  }

  /**
   * The device in the message's address, or a piece of equipment behind it.
   *
   * @param name the equipment's own name; empty for the addressed device itself. If the address
   *     names a device and this is not empty, it is a part of that device, such as a channel of a
   *     recorder: {@code recorder-1:3}
   * @param supposed the kind, if neither the registry nor the address says it
   * @throws Unreadable if neither the address nor the name gives a device id
   */
  public Subject device(String name, Kind supposed) throws Unreadable {
    DeviceId named = named(name);
    String address = addressed == null ? name : named.value();
    Optional<Subject> registered = known.at(profile, address);
    if (registered.isPresent()) {
      return registered.get();
    }
    DeviceId id = known.heardAs(profile, isPart(name) ? partOfWhole(name) : named);
    Optional<Kind> kind = known.kindOf(id);
    if (kind.isEmpty()) {
      strangers.put(
          id, new Unnamed(address, addressedKind == null ? KindFrom.PROFILE : KindFrom.ADDRESS));
    }
    return new Subject(id, kind.orElse(addressedKind == null ? supposed : addressedKind));
  }

  private boolean isPart(String name) {
    return addressed != null && !name.isEmpty();
  }

  private DeviceId named(String name) throws Unreadable {
    try {
      if (addressed == null) {
        return NativeNames.toDeviceId(name);
      }
      return isPart(name) ? part(addressed, name) : addressed;
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_DEVICE_ID, String.valueOf(broken.getMessage()));
    }
  }

  /** The id of a part begins with that of the whole device. */
  private DeviceId partOfWhole(String name) throws Unreadable {
    DeviceId whole = Objects.requireNonNull(addressed);
    try {
      return part(
          known
              .at(profile, whole.value())
              .map(Subject::device)
              .orElseGet(() -> known.heardAs(profile, whole)),
          name);
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_DEVICE_ID, String.valueOf(broken.getMessage()));
    }
  }

  private static DeviceId part(DeviceId whole, String name) {
    return new DeviceId(whole.value() + ":" + NativeNames.toDeviceId(name).value());
  }

  /** Whether the message's address named the device. */
  public boolean isAddressed() {
    return addressed != null;
  }

  /** When the gateway received the message. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /**
   * Adds an event.
   *
   * @param id identifies repetitions of the event, unique at that device; null for an event that is
   *     never a repetition. Too long or malformed ids are refused
   * @param claimed when it happened, by the device; null if it does not say
   */
  public void happened(
      Subject subject,
      EventType type,
      @Nullable String id,
      @Nullable Instant claimed,
      Values values)
      throws Unreadable {
    if (events.size() - implied == MAX_EVENTS) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE, "a message may hold at most " + MAX_EVENTS + " events");
    }
    add(subject, type, id, claimed, values);
  }

  /**
   * Adds an event that the message implies, such as that the devices behind a node are offline with
   * it. It has the present time and no values. The profile must add no more than {@link
   * #MAX_IMPLIED}.
   */
  public void implied(Subject subject, EventType type) throws Unreadable {
    if (implied == MAX_IMPLIED) {
      throw new IllegalStateException(
          "more follows from a message than " + MAX_IMPLIED + " events");
    }
    add(subject, type, null, null, Values.NONE);
    implied++;
  }

  private void add(
      Subject subject,
      EventType type,
      @Nullable String id,
      @Nullable Instant claimed,
      Values values)
      throws Unreadable {
    ClaimedTime time = ClaimedTime.of(claimed, receivedAt);
    events.add(
        new DeviceEvent(
            subject.device(),
            subject.kind(),
            type,
            id == null ? null : eventId(id),
            time.time(),
            time.unbelieved(),
            receivedAt,
            values));
  }

  private static EventId eventId(String id) throws Unreadable {
    if (id.startsWith(EventId.MADE_BY_GATEWAY)) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "id: starts with linli-, which is kept for the events that the gateway makes");
    }
    try {
      return new EventId(id);
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "id: " + broken.getMessage());
    }
  }

  /** As above, without an id. */
  public void happened(Subject subject, EventType type, @Nullable Instant claimed, Values values)
      throws Unreadable {
    happened(subject, type, null, claimed, values);
  }

  /** Adds measurements, as many as the number of values needs; none for no values. */
  public void measured(Subject subject, @Nullable Instant claimed, List<Values> values)
      throws Unreadable {
    for (Values some : values) {
      happened(subject, EventType.MEASUREMENT, null, claimed, some);
    }
  }

  /**
   * Marks the message as housekeeping of its format, which says nothing about any device. Only for
   * messages that docs/equipment.md lists as such; any other message without an event is refused.
   */
  public void passOver() {
    passedOver = true;
  }

  /** Registers what to undo if the message could not be kept. */
  public void ifNotKept(Runnable undo) {
    undos.add(undo);
  }

  /**
   * Declares that the result relies on another message, which may still fail to be kept.
   *
   * @param holds false once it failed; called from another thread
   */
  public void restsOn(BooleanSupplier holds) {
    reliedOn.add(holds);
  }

  String profile() {
    return profile;
  }

  /** The unregistered devices among those that were asked for. */
  Map<DeviceId, Unnamed> strangers() {
    return strangers;
  }

  List<DeviceEvent> events() {
    return events;
  }

  boolean isPassedOver() {
    return passedOver;
  }

  @Override
  public void undo() {
    undos.forEach(Runnable::run);
  }

  @Override
  public boolean holds() {
    return reliedOn.stream().allMatch(BooleanSupplier::getAsBoolean);
  }
}
