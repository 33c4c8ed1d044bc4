package org.linli.edge.outbox.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.life.LifeWord;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * The part of a dead letter that the hub may know, if the dead letter may report an emergency. It
 * contains nothing of the message except one word of a fixed list.
 *
 * @param kind of the registered device, otherwise of the equipment that says the word
 * @param door how it came
 * @param source the topic or path that it was sent to, or who sent it if that is not known
 * @param reason as in docs/dead-letters.md
 * @param word null if only the kind of the registered device makes it an emergency
 */
record EmergencyDeadLetter(
    Kind kind, String door, String source, String reason, @Nullable String word) {

  private static final int LONGEST_SOURCE = 200;

  /**
   * May be the number of a card, a telephone or a person, in any script's digits, and in groups.
   * Slashes do not group: they are between the levels of a topic.
   */
  private static final Pattern LONG_NUMBER =
      Pattern.compile(
          "\\p{Nd}(?:[\\p{Pd}\\p{Zs}_()（）]{0,2}\\p{Nd}){5,}"
              + "|\\p{Nd}{3,4}\\.\\p{Nd}{3,4}\\.\\p{Nd}{4}");

  /** Control characters, and those that nobody sees, which could turn the text round. */
  static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /**
   * @param registered the kind of the registered device that sent it; null for any other sender
   * @return null if it reports no emergency
   */
  static @Nullable EmergencyDeadLetter of(Interpreted.Refused refused, @Nullable Kind registered) {
    LifeWord word = refused.lifeWord();
    Kind kind = registered;
    if (kind == null) {
      if (word == null) {
        return null;
      }
      kind = word.kind();
    } else if (word == null && !LifeWord.isSaidBy(kind)) {
      return null;
    }
    Message message = refused.message();
    int scheme = message.source().indexOf("://");
    return new EmergencyDeadLetter(
        kind,
        scheme < 0 ? "" : message.source().substring(0, scheme),
        source(message),
        refused.refusal().reason().wireName(),
        word == null ? null : word.word());
  }

  /** The word, or else the kind of the registered device. */
  String why() {
    return word == null ? kind.wireName() : word;
  }

  /** The registered device that sent it; null for any other sender. */
  static @Nullable DeviceId registered(Interpreted.Refused refused) {
    // A client without the right to send for a device did not sound its alarm.
    return refused.refusal().reason() == RefusalReason.NOT_ALLOWED ? null : refused.about();
  }

  private static String source(Message message) {
    String sentTo = message.destination();
    String text = sentTo.isEmpty() ? message.source() : sentTo;
    // First what could stand unseen between the digits of a number.
    String shown = LONG_NUMBER.matcher(UNSEEN.matcher(text).replaceAll("")).replaceAll("…");
    String cut = shown.substring(0, Math.min(shown.length(), LONGEST_SOURCE));
    // A cut can leave half a surrogate pair, which is not valid text.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
