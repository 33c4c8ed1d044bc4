package org.linli.sims.simulate;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.equipment.Expectation;
import org.linli.sims.equipment.Format;
import org.linli.sims.journal.Journal;
import org.linli.sims.link.Sending;

/** Numbers and records everything that a day sends; used by one thread. */
final class Recording {

  private final Journal journal;
  private int connections;
  private long number;

  Recording(Journal journal) {
    this.journal = journal;
  }

  /** Records a connection and returns its number. */
  int connection(String protocol, String name) throws IOException {
    journal.connection(connections, protocol.toLowerCase(Locale.ROOT), name);
    return connections++;
  }

  /** The number of the next offer. */
  long next() {
    return number;
  }

  /**
   * Records an event before it is sent.
   *
   * @param told the further receiver of its outcome
   */
  Sending.Answer offered(int connection, SimulatedEvent event, Sending.Answer told)
      throws IOException {
    journal.offered(number, connection, event);
    return new Answer(number++, told);
  }

  /** Records a message in a vendor's format before it is sent. */
  Sending.Answer offered(
      int connection, Instant time, Format format, Expectation becomes, Sending.Answer told)
      throws IOException {
    journal.offered(number, connection, time, format, becomes);
    return new Answer(number++, told);
  }

  void ended() throws IOException {
    journal.ended();
  }

  private final class Answer implements Sending.Answer {
    private final long of;
    private final Sending.Answer told;

    private Answer(long of, Sending.Answer told) {
      this.of = of;
      this.told = told;
    }

    @Override
    public void acknowledged() {
      journal.acknowledged(of);
      told.acknowledged();
    }

    @Override
    public void refused(String reason) {
      journal.refused(of, reason);
      told.refused(reason);
    }

    @Override
    public void repeated() {
      journal.repeated(of);
      told.repeated();
    }
  }
}
