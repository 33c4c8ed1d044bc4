package org.linli.edge.profile.onvif;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.RepeatReason;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.event.EventType;
import org.linli.event.Sha256;

/** The states of the sources of each device, of which only a change is an event. */
final class SourceStates {

  private static final EventType DOOR_OPENED = new EventType("door.opened");
  private static final EventType DOOR_CLOSED = new EventType("door.closed");
  private static final EventType HELD_OPEN = Meaning.HELD_OPEN;

  /** The doors of a device that are held open. */
  private static final String HELD = "held-open doors";

  private static final int MOST_HELD = 32;
  private static final int MARK = 16;

  /** Is neither true nor false, so that whatever comes next is a change. */
  private static final String FORGOTTEN = "deleted";

  private final Changes changes = new Changes();
  private final Conditions conditions = new Conditions(changes);

  /**
   * @param isOfObject whether the source comes and goes, such as a person in view
   * @param wasBefore whether the notification is about a state that may have begun earlier
   * @param time when the camera says that it was so
   */
  NotificationEvents of(
      MessageReading reading,
      Subject subject,
      String source,
      boolean isOfObject,
      boolean wasBefore,
      StateTime time) {
    return new NotificationEvents(reading, subject, source, isOfObject, wasBefore, time);
  }

  /** The events of one notification. */
  final class NotificationEvents {
    private final MessageReading reading;
    private final Subject subject;
    private final String source;
    private final boolean isOfObject;
    private final boolean wasBefore;
    private final StateTime time;
    private final Set<EventType> begun = new LinkedHashSet<>();
    private final Set<EventType> ended = new LinkedHashSet<>();

    /** Those that were known to hold before. */
    private final Set<EventType> over = new LinkedHashSet<>();

    private NotificationEvents(
        MessageReading reading,
        Subject subject,
        String source,
        boolean isOfObject,
        boolean wasBefore,
        StateTime time) {
      this.reading = reading;
      this.subject = subject;
      this.source = source;
      this.isOfObject = isOfObject;
      this.wasBefore = wasBefore;
      this.time = time;
    }

    void tell(Statement statement) {
      Boolean holds = statement.holds();
      if (holds != null) {
        state(statement, holds);
      } else if (!wasBefore) {
        // A moment has no duration, so what was before is none.
        begun.add(statement.meaning().type());
      }
    }

    private void state(Statement said, boolean holds) {
      Meaning meaning = said.meaning();
      boolean held = isKnownToHold(said);
      boolean isQuiet = wasBefore && !meaning.lasts();
      if (isQuiet && holds && !held) {
        // Nobody is told of it, and so it must not make a repeat of what is told next.
        return;
      }
      if (isPosition(meaning) && !holds && isHeldOpenSince()) {
        reading.repeated(subject.device(), RepeatReason.OLDER);
        return;
      }
      Optional<Boolean> news = change(said, holds);
      if (isKnownToHold(said) != holds) {
        // It was said late, and does not hold any more, or holds again.
        if (reading.overtaken().has(subject, meaning.type()) && !isQuiet) {
          begun.add(meaning.type());
        }
        return;
      }
      if (meaning.type().equals(HELD_OPEN)) {
        heldOpen(holds);
        if (held && !holds && !isAnotherHeldOpen()) {
          // Of a door that may have no sensor for its position: the alert is told to be over.
          ended.add(DOOR_CLOSED);
          over.add(DOOR_CLOSED);
        }
      } else if (isPosition(meaning) && !holds) {
        closed();
      }
      if (news.isEmpty() || isQuiet && !held) {
        return;
      }
      EventType off = meaning.off();
      if (news.get()) {
        begun.add(meaning.type());
      } else if (off != null && !(isPosition(meaning) && isAnotherHeldOpen())) {
        ended.add(off);
        if (held) {
          over.add(off);
        }
      }
    }

    /** The property is gone. What is said of it next is news, whatever it is. */
    void forget(Statement said) {
      String signal = signal(said);
      if (changes.known(reading, subject, signal) != null) {
        changes.note(reading, subject, signal, FORGOTTEN, null);
      }
    }

    private Optional<Boolean> change(Statement said, boolean holds) {
      Meaning meaning = said.meaning();
      if (isCondition(meaning)) {
        return conditions.change(
            reading,
            subject,
            meaning.type(),
            _ -> true,
            time,
            Map.of(said.signal() + source, holds));
      }
      return changes.isChange(reading, subject, signal(said), holds, time.of(holds))
          ? Optional.of(holds)
          : Optional.empty();
    }

    private boolean isKnownToHold(Statement said) {
      StateChange.Known known = changes.known(reading, subject, signal(said));
      return known != null && known.state().equals("true");
    }

    private String signal(Statement said) {
      Meaning meaning = said.meaning();
      String input = said.signal() + source;
      String signal =
          isCondition(meaning)
              ? Conditions.signal(meaning.type(), input)
              : meaning.type() + " " + input;
      return isOfObject && meaning.off() == null ? Changes.ofObject(signal) : signal;
    }

    /** Whether all sources of a device tell one condition. Each of several doors has its own. */
    private static boolean isCondition(Meaning meaning) {
      return meaning.off() != null && !isPosition(meaning);
    }

    private static boolean isPosition(Meaning meaning) {
      return meaning.type().equals(DOOR_OPENED);
    }

    private void heldOpen(boolean holds) {
      synchronized (SourceStates.this) {
        Set<String> doors = heldOpenDoors();
        boolean isChange =
            holds ? doors.size() < MOST_HELD && doors.add(mark()) : doors.remove(mark());
        if (isChange) {
          changes.note(reading, subject, HELD, String.join(",", doors), null);
        }
      }
    }

    /** Whether this door is held open at a later time, so that it was closed before that. */
    private boolean isHeldOpenSince() {
      return Topics.heldOpen()
          .map(said -> changes.known(reading, subject, signal(said)))
          .filter(known -> known.state().equals("true"))
          .filter(known -> time.isClearlyBefore(known.at()))
          .isPresent();
    }

    /** A door that closes would end the alarm of another one that is still held open. */
    private boolean isAnotherHeldOpen() {
      return !heldOpenDoors().isEmpty();
    }

    /** A door that is closed is no longer held open, whether or not its alarm says so. */
    private void closed() {
      heldOpen(false);
      Topics.heldOpen()
          .filter(this::isKnownToHold)
          .ifPresent(said -> changes.note(reading, subject, signal(said), false, null));
    }

    private Set<String> heldOpenDoors() {
      StateChange.Known known = changes.known(reading, subject, HELD);
      Set<String> doors = new TreeSet<>(List.of((known == null ? "" : known.state()).split(",")));
      doors.remove("");
      return doors;
    }

    private String mark() {
      return Sha256.hexOf(source).substring(0, MARK);
    }

    /** What ended is told with what begins only where it was known to hold. */
    List<EventType> events() {
      List<EventType> events = new ArrayList<>(begun.isEmpty() ? ended : over);
      events.addAll(begun);
      return events;
    }
  }
}
