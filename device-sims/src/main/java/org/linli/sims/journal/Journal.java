package org.linli.sims.journal;

import java.io.IOException;
import java.time.Instant;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.equipment.Expectation;
import org.linli.sims.equipment.Format;

/** Records what becomes of each event of a run. Thread-safe. */
public interface Journal extends AutoCloseable {

  /** Records nothing. */
  Journal NONE =
      new Journal() {
        @Override
        public void connection(int connection, String protocol, String name) {}

        @Override
        public void offered(long number, int connection, SimulatedEvent event) {}

        @Override
        public void offered(
            long number, int connection, Instant time, Format format, Expectation expectation) {}

        @Override
        public void acknowledged(long number) {}

        @Override
        public void refused(long number, String reason) {}

        @Override
        public void unconfirmed(long number) {}

        @Override
        public void repeated(long number) {}

        @Override
        public void ended() {}

        @Override
        public void close() {}
      };

  /**
   * A connection, before its first event.
   *
   * @throws IOException when it cannot be recorded
   */
  void connection(int connection, String protocol, String name) throws IOException;

  /**
   * An event that is about to be sent; numbers count from 0 without a gap.
   *
   * @throws IOException when this, or anything since the last call, could not be recorded: then the
   *     event must not be sent, and the run cannot be judged
   */
  void offered(long number, int connection, SimulatedEvent event) throws IOException;

  /**
   * A message in a vendor's format that is about to be sent; numbered together with events.
   *
   * @param time when it was meant to leave
   * @throws IOException as above
   */
  void offered(long number, int connection, Instant time, Format format, Expectation expectation)
      throws IOException;

  void acknowledged(long number);

  void refused(long number, String reason);

  /** No answer will come for it. */
  void unconfirmed(long number);

  /** It was sent again. */
  void repeated(long number);

  /**
   * The record is complete.
   *
   * @throws IOException when this, or an answer before it, could not be recorded
   */
  void ended() throws IOException;

  @Override
  void close() throws IOException;
}
