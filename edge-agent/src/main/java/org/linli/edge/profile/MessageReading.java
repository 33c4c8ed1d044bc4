package org.linli.edge.profile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;

/**
 * The result of a profile for one message. For one thread.
 *
 * <p>A profile names equipment as its format does, and the registry says which device that is.
 * Unregistered equipment gets its native name ({@link NativeNames}) and the kind that the profile
 * supposes.
 */
public final class MessageReading {

  /** Most events that one message states. */
  public static final int MAX_EVENTS = 1_000;

  /** Most events that one message implies. Together the outbox lets as many wait by default. */
  public static final int MAX_IMPLIED = 9_000;

  private final String profile;
  private final NamedDevices devices;
  private final Instant receivedAt;
  private final boolean wasRetained;
  private final NotedEvents noted = new NotedEvents();
  private final UnreadBeside besides = new UnreadBeside();
  private final FaultsOfMessage document = new FaultsOfMessage(besides, noted);
  private final KnownStates states;
  private final ReadingBasis basis;
  private final OvertakenAlarms overtaken = new OvertakenAlarms();
  private int implied;
  private boolean passedOver;
  private boolean holdsIfRefused;

  /** A step of a profile that may come upon something unreadable. */
  public interface Step<T extends @Nullable Object> {
    T read() throws Unreadable;
  }

  /** As above, without a result. */
  public interface Effect {
    void read() throws Unreadable;
  }

  /**
   * @param states the known states
   * @param addressed the device in the message's address; null if it names none
   * @param addressedKind its kind, if the address says it
   * @param wasRetained whether a broker may have kept the message for some time
   */
  MessageReading(
      String profile,
      KnownDevices known,
      KnownStates states,
      @Nullable DeviceId addressed,
      @Nullable Kind addressedKind,
      Instant receivedAt,
      boolean wasRetained) {
    this.profile = profile;
    this.devices = new NamedDevices(profile, known, addressed, addressedKind);
    this.receivedAt = receivedAt;
    this.states = states;
    this.basis = new ReadingBasis(noted, states);
    this.wasRetained = wasRetained;
  }

  /**
   * The device in the message's address, or a piece of equipment behind it.
   *
   * @param name the equipment's own name; empty for the addressed device itself. Otherwise it is a
   *     part of an addressed device, such as a channel of a recorder: {@code recorder-1:3}
   * @param supposed the kind, if neither the registry nor the address says it
   * @throws Unreadable if neither the address nor the name gives a device id
   */
  public Subject device(String name, Kind supposed) throws Unreadable {
    return states.turns().takenFor(devices.device(name, supposed));
  }

  /** Whether the message's address named the device. */
  public boolean isAddressed() {
    return devices.isAddressed();
  }

  /** When the gateway received the message. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /** A time that the device gives. If it cannot be read, the gateway's counts (decision 0055). */
  public @Nullable Instant time(Step<@Nullable Instant> claimed) {
    try {
      return claimed.read();
    } catch (Unreadable unreadable) {
      besides.addTime(unreadable);
      noted.defects().clock(unreadable);
      return null;
    }
  }

  /** A time that the format promises is not there; the events of this part say so. */
  public void noTime() {
    noted.defects().clock();
  }

  /**
   * Reads something beside the alarm that the message may be. An alarm is taken without it and says
   * so; a message that tells none is refused for it.
   *
   * @return whether it was read
   */
  public boolean beside(Effect step) {
    try {
      step.read();
      return true;
    } catch (Unreadable unreadable) {
      beside(unreadable);
      return false;
    }
  }

  /** As above, for something that is known to be unreadable. */
  public void beside(Unreadable unreadable) {
    besides.add(unreadable);
    mended(unreadable);
  }

  /** As above, for something that was read all the same, as text in another encoding. */
  public void mended(Unreadable unreadable) {
    besides.addOutranked(unreadable);
    mark(unreadable);
  }

  /** Takes what is wrong with the whole message, which all of its events say. */
  public FaultsOfMessage document() {
    return document;
  }

  /** Something that may have been an alarm could not be read; the events of this part say so. */
  public void lacks(Unreadable unreadable) {
    besides.add(unreadable);
    mark(unreadable);
  }

  /** Marks the events of this part of the message, whatever they are. */
  public void mark(String defect) {
    besides.add(defect);
    note(defect);
  }

  /** As above, for something of which a word may be about a life. */
  public void mark(Unreadable unreadable) {
    besides.add(unreadable.refusal().detail());
    note(unreadable.defect());
  }

  /** As above, for something that was read all the same, so that no part of it is unread. */
  public void note(String defect) {
    noted.defects().note(defect);
  }

  /** What follows is another part of the message, with defects of its own. */
  public void nextPart() {
    noted.nextPart();
    basis.changes().nextPart();
    overtaken.clear();
  }

  /** Does something for a part that is not begun yet; {@link #nextPart} counts them. */
  public void ofPart(int part, Runnable step) {
    basis.changes().ofPart(part, step);
  }

  /**
   * Adds an event.
   *
   * @param id identifies repetitions of the event, unique at that device; null for an event that is
   *     never a repetition. Without one that is too long or malformed, the event says so
   * @param claimed when it happened, by the device; null if it does not say
   */
  public void happened(
      Subject subject,
      EventType type,
      @Nullable String id,
      @Nullable Instant claimed,
      Values values)
      throws Unreadable {
    requireRoom();
    add(subject, type, id, claimed, values, false);
  }

  /**
   * Adds an event that says which state changed with the events before it in this part. It is none
   * where one of these came before: the state may be another one now.
   */
  public void followed(
      Subject subject,
      EventType type,
      @Nullable String id,
      @Nullable Instant claimed,
      Values values)
      throws Unreadable {
    requireRoom();
    add(subject, type, id, claimed, values, true);
  }

  private void requireRoom() throws Unreadable {
    if (noted.size() - implied == MAX_EVENTS) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE, "a message may hold at most " + MAX_EVENTS + " events");
    }
  }

  /**
   * Adds an event of the present that the message implies, such as that the devices behind a node
   * are offline with it. The profile must add no more than {@link #MAX_IMPLIED}.
   */
  public void implied(Subject subject, EventType type) throws Unreadable {
    if (implied >= MAX_IMPLIED) {
      throw new IllegalStateException(
          "more follows from a message than " + MAX_IMPLIED + " events");
    }
    add(subject, type, null, null, Values.NONE, false);
    implied++;
  }

  private void add(
      Subject subject,
      EventType type,
      @Nullable String id,
      @Nullable Instant claimed,
      Values values,
      boolean follows)
      throws Unreadable {
    ClaimedTime time = ClaimedTime.of(claimed, receivedAt);
    EventId known = id == null ? null : idOrDefect(id);
    told(
        new DeviceEvent(
            subject.device(),
            subject.kind(),
            type,
            known,
            time.time(),
            time.unbelieved(),
            receivedAt,
            Defects.withoutMarks(values)),
        follows);
  }

  /**
   * Adds an event, unless it is an end that the device says late ({@link ToldAlarms}); after an
   * alarm that is over its end.
   */
  void told(DeviceEvent event, boolean follows) {
    states.turns().take(event.device());
    noted.add(ToldAlarms.judged(this, event), follows);
    DeviceEvent end = overtaken.endOf(event);
    if (end != null) {
      noted.add(ToldAlarms.judged(this, end), true);
      implied++;
    }
  }

  /** The alarms of this part that are over. */
  public OvertakenAlarms overtaken() {
    return overtaken;
  }

  /** The profile itself compared what this part says of states, also of its inputs. */
  public void judged() {
    noted.judged();
  }

  boolean isJudged() {
    return noted.isJudged();
  }

  private @Nullable EventId idOrDefect(String id) {
    try {
      return ClaimedId.of(id);
    } catch (Unreadable unreadable) {
      beside(unreadable);
      return null;
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

  /** Marks the message as housekeeping of its format; any other without an event is refused. */
  public void passOver() {
    passedOver = true;
  }

  /** Keeps what was recorded even if there is no event in the message, and it is refused. */
  public void keepIfRefused() {
    holdsIfRefused = true;
  }

  boolean holdsIfRefused() {
    return holdsIfRefused;
  }

  /** Whether a broker may have kept the message for some time. */
  public boolean wasRetained() {
    return wasRetained;
  }

  KnownStates knownStates() {
    return states;
  }

  /** What the message changes of the states that outlive a restart. */
  StateChanges changes() {
    return basis.changes();
  }

  /** Counts something that the device said again, when the message is kept. */
  public void repeated(DeviceId device, RepeatReason reason) {
    basis.add(new Repeat(device, reason));
  }

  /** Registers what to undo if the message could not be kept. */
  public void ifNotKept(Runnable undo) {
    basis.add(undo);
  }

  /** The result relies on another message; false, in another thread, once that was not kept. */
  public void restsOn(BooleanSupplier holds) {
    basis.add(holds);
  }

  String profile() {
    return profile;
  }

  /** The registered device that was asked for last; null for none. */
  @Nullable DeviceId registered() {
    return devices.registered();
  }

  /** The unregistered devices among those that were asked for. */
  Map<DeviceId, NamedDevices.Unnamed> unregistered() {
    return devices.unregistered();
  }

  /** The events, marked with what could not be read beside them. */
  List<DeviceEvent> events() {
    return noted.marked();
  }

  boolean hasEvents() {
    return noted.size() > 0;
  }

  /** Whether something could not be read, and is outranked by what could. */
  boolean hasDefects() {
    return noted.hasDefects();
  }

  boolean isPassedOver() {
    return passedOver;
  }

  /** What could not be read beside the events. */
  UnreadBeside besides() {
    return besides;
  }

  /** What is remembered of the message, and what it relies on. */
  ReadingBasis basis() {
    return basis;
  }
}
