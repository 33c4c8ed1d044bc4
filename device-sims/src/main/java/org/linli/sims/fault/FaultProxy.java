package org.linli.sims.fault;

/** A network path that can fail and recover while it is in use. */
public interface FaultProxy extends AutoCloseable {

  /** Sets the conditions from now on, also for existing connections. */
  void impair(Impairment impairment);

  /** Ends existing connections and admits no new ones until {@link #heal}. */
  void cut();

  /**
   * Keeps connections open but carries nothing until {@link #heal}, not even the end of a
   * connection.
   */
  void halfOpen();

  /** Works again, without impairment. */
  void heal();

  /** The port on 127.0.0.1 where it listens. */
  int port();

  @Override
  void close();
}
