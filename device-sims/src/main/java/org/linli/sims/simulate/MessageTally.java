package org.linli.sims.simulate;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.linli.sims.equipment.Expectation;
import org.linli.sims.equipment.Format;
import org.linli.sims.link.Sending;

/**
 * The count of messages in other vendors' formats, and the bounds of the number of events that a
 * gateway makes of them: at least one of each acknowledged message with a mark of its own, at most
 * all that each can lead to, as often as it was sent.
 */
final class MessageTally {

  private final Tally<Format> messages = new Tally<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final LongAdder most = new LongAdder();

  /** Counts a message as offered; the returned object takes the answer to it. */
  Sending.Answer offer(Format format, Expectation expectation) {
    Sending.Answer count = messages.offer(format);
    int becomes = (expectation.isMarked() ? 1 : 0) + expectation.beside().size();
    most.add(becomes);
    return new Sending.Answer() {
      @Override
      public void acknowledged() {
        if (expectation.isMarked()) {
          acknowledged.add(expectation.mark());
        }
        count.acknowledged();
      }

      @Override
      public void refused(String reason) {
        count.refused(reason);
      }

      @Override
      public void repeated() {
        most.add(becomes);
        count.repeated();
      }
    };
  }

  Map<Format, Tally.Count> counts() {
    return messages.counts();
  }

  Tally.Count total() {
    return messages.total();
  }

  long leastEvents() {
    return acknowledged.size();
  }

  long mostEvents() {
    return most.sum();
  }
}
