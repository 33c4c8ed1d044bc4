package org.linli.edge.profile.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ReceivedText;

/**
 * What one notification says, before anything is remembered of it. Items that say by their name
 * what holds come first. Otherwise the topic says what is meant, and its state whether it holds.
 *
 * <p>Where items contradict each other, an alarm is believed: it holds if any of them says so, and
 * ends only if none does.
 */
final class Statements {

  private final String topic;
  private final Map<String, List<String>> data;
  private final List<Statement> found = new ArrayList<>();
  private final List<Unreadable> defects = new ArrayList<>();

  private Statements(String topic, Map<String, List<String>> data) {
    this.topic = topic;
    this.data = data;
  }

  /**
   * @param isMoment whether the notification is not about a property, so that it has no state
   * @throws Unreadable if it may be an alarm that cannot be read
   */
  static Statements of(String topic, Map<String, List<String>> data, boolean isMoment)
      throws Unreadable {
    Statements statements = new Statements(topic, data);
    List<Topics.DoorState> doors = Topics.doors(topic);
    if (doors.isEmpty()) {
      statements.states(isMoment);
    } else {
      statements.doors(doors);
    }
    return statements;
  }

  /** The states that a notification is about, whatever it says of them. */
  static List<Statement> about(String topic, Map<String, List<String>> data) {
    List<Statement> about = new ArrayList<>();
    for (Topics.DoorState door : Topics.doors(topic)) {
      about.add(new Statement(door.meaning(), door.topic(), false));
    }
    for (String item : data.keySet()) {
      Meaning meaning = Items.named(item);
      if (meaning != null) {
        about.add(new Statement(meaning, ofItem(topic, item), false));
      }
    }
    Topics.standard(topic)
        .or(() -> Topics.worded(topic))
        .ifPresent(meaning -> about.add(new Statement(meaning, topic, false)));
    return about;
  }

  List<Statement> all() {
    return found;
  }

  /** What could not be read beside them. */
  List<Unreadable> defects() {
    return defects;
  }

  private void doors(List<Topics.DoorState> doors) throws Unreadable {
    boolean isUnderstood = false;
    for (Topics.DoorState door : doors) {
      if (door.state().isEmpty()) {
        found.add(new Statement(door.meaning(), door.topic(), null));
        isUnderstood = true;
        continue;
      }
      List<String> values = data.get(door.state());
      if (values == null) {
        throw missing(door.state());
      }
      List<Boolean> said = new ArrayList<>();
      for (String value : values) {
        String word = ReceivedText.withoutPadding(value);
        // Another value says nothing about this state, and so neither begins nor ends it.
        door.holds(word).ifPresent(said::add);
        isUnderstood |= door.isKnown(word);
      }
      if (!said.isEmpty()) {
        state(door.meaning(), door.topic(), any(door.state(), said));
      }
    }
    if (!isUnderstood) {
      throw missing(doors.getFirst().state());
    }
  }

  private void states(boolean isMoment) throws Unreadable {
    List<String> unreadable = new ArrayList<>();
    boolean mayBeAnAlarm = false;
    for (Map.Entry<String, List<String>> item : data.entrySet()) {
      Meaning meaning = Items.named(item.getKey());
      if (meaning == null) {
        continue;
      }
      List<Boolean> said = Items.truths(item.getValue());
      if (said.isEmpty()) {
        unreadable.add(item.getKey());
        mayBeAnAlarm |= meaning.lasts();
      } else {
        state(meaning, ofItem(topic, item.getKey()), any(item.getKey(), said));
      }
    }
    boolean isNamed = !found.isEmpty();
    if (found.stream().noneMatch(Statement::begins)) {
      ofTopic(isMoment, isNamed || !unreadable.isEmpty());
    }
    boolean begins = found.stream().anyMatch(Statement::begins);
    if (isNamed && begins && found.getLast().signal().equals(topic)) {
      defects.add(in("Data: its items contradict each other"));
    }
    if (!unreadable.isEmpty() && (found.isEmpty() || mayBeAnAlarm && !begins)) {
      throw neither(unreadable.getFirst());
    }
    unreadable.forEach(item -> defects.add(neither(item)));
  }

  /**
   * @param isSaidOtherwise whether items say by their names what holds
   */
  private void ofTopic(boolean isMoment, boolean isSaidOtherwise) throws Unreadable {
    Optional<Meaning> standard = Topics.standard(topic);
    @Nullable Meaning meaning = standard.or(() -> Topics.worded(topic)).orElse(null);
    if (meaning == null) {
      return;
    }
    List<Boolean> said = Items.state(data);
    if (said.isEmpty() && standard.isEmpty() && !isSaidOtherwise) {
      said = Items.anyState(data);
    }
    if (!said.isEmpty()) {
      state(meaning, topic, any("State", said));
    } else if (isSaidOtherwise) {
      return;
    } else if (isMoment || meaning.equals(Meaning.INTRUSION) && standard.isEmpty()) {
      found.add(new Statement(meaning, topic, null));
    } else if (standard.isPresent() || meaning.lasts()) {
      throw missing("State");
    }
  }

  private void state(Meaning meaning, String signal, boolean holds) {
    found.add(new Statement(meaning, signal, holds));
  }

  /** Whether any of them says so. */
  private boolean any(String item, List<Boolean> said) {
    if (said.contains(true) && said.contains(false)) {
      defects.add(in("Data." + item + ": contradicts itself"));
    }
    return said.contains(true);
  }

  private static String ofItem(String topic, String item) {
    return topic + "." + item;
  }

  private Unreadable neither(String item) {
    return in("Data." + item + ": is neither true nor false");
  }

  private Unreadable missing(String item) {
    String rule = "Data." + item + ": is missing, or says no state";
    return new Unreadable(RefusalReason.MISSING_FIELD, rule + ", in " + topic, rule);
  }

  /** The topic says what it may be about, but is the camera's own text. */
  private Unreadable in(String fault) {
    return new Unreadable(RefusalReason.BAD_FIELD, fault + " in " + topic, fault);
  }
}
