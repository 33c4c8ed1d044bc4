package org.linli.sims.fault;

/** A line that can be made to fail and to work again while it is in use. */
public interface Line extends AutoCloseable {

  /** From now on, also for what stands already. */
  void weather(Weather weather);

  /** Ends what stands, and nothing new comes about until {@link #heal}. */
  void cut();

  /** Everything stands and carries nothing until {@link #heal}; what ends is not told either. */
  void halfOpen();

  /** Works again, in clear weather. */
  void heal();

  /** Where it listens on 127.0.0.1. */
  int port();

  @Override
  void close();
}
