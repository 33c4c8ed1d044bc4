package org.linli.edge.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;

/**
 * Decides whether what could not be read beside the events of a message may be about a life
 * (decision 0060): by a word where it is described; or else, where no event of the message tells
 * such an alarm, by a word in the message or by the kind of the registered device.
 */
final class LifeDoubts {

  private static final String OVER = ".cleared";

  private final KnownDevices known;

  LifeDoubts(KnownDevices known) {
    this.known = known;
  }

  /**
   * @param unread the part that could not be read; null if all was read
   * @param about the registered device that sent the message; null for none
   * @return the same part, about that device; null if it is not about a life
   */
  Interpreted.@Nullable Refused about(
      Interpreted.@Nullable Refused unread, List<DeviceEvent> events, @Nullable DeviceId about) {
    if (unread == null) {
      return null;
    }
    LifeWord word = unread.lifeWord();
    if (word == null) {
      if (events.stream().anyMatch(LifeDoubts::callsSomebody)) {
        return null;
      }
      word = LifeWord.in(unread.message());
      if (word == null
          && (about == null || known.kindOf(about).filter(LifeWord::isSaidBy).isEmpty())) {
        return null;
      }
    }
    return new Interpreted.Refused(unread.message(), unread.refusal(), Basis.NONE, about, word);
  }

  private static boolean callsSomebody(DeviceEvent event) {
    String type = event.type().value();
    return LifeWords.first(type) != null && !type.endsWith(OVER);
  }
}
