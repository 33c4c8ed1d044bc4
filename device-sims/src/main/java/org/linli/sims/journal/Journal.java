package org.linli.sims.journal;

import java.io.IOException;
import java.time.Instant;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.equipment.Format;
import org.linli.sims.equipment.Told;

/** Takes down what becomes of each event of a run. For use by any number of threads. */
public interface Journal extends AutoCloseable {

  /** Takes nothing down. */
  Journal NONE =
      new Journal() {
        @Override
        public void connection(int connection, String protocol, String name) {}

        @Override
        public void offered(long number, int connection, SimulatedEvent event) {}

        @Override
        public void offered(long number, int connection, Instant time, Format format, Told told) {}

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
   * @throws IOException when it cannot be taken down
   */
  void connection(int connection, String protocol, String name) throws IOException;

  /**
   * An event that is about to be sent; numbers count from 0 without a gap.
   *
   * @throws IOException when this, or anything since the last call, could not be taken down: then
   *     the event must not be sent, and the run cannot be judged
   */
  void offered(long number, int connection, SimulatedEvent event) throws IOException;

  /**
   * A message in a make's format that is about to be sent; numbered as events are.
   *
   * @param time when it was meant to leave
   * @throws IOException as above
   */
  void offered(long number, int connection, Instant time, Format format, Told told)
      throws IOException;

  void acknowledged(long number);

  void refused(long number, String reason);

  /** Nobody will say what became of it. */
  void unconfirmed(long number);

  /** It went out once more. */
  void repeated(long number);

  /**
   * Everything is said.
   *
   * @throws IOException when this, or an answer before it, could not be taken down
   */
  void ended() throws IOException;

  @Override
  void close() throws IOException;
}
