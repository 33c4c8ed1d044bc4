package org.linli.edge.intake;

/** Told by a door when a connection over which devices spoke broke. */
public interface ConnectionWatch {

  /**
   * A connection is at its end, and nobody said farewell. Called at most once for each, after the
   * last message that came over it was handed in.
   *
   * @param connection as {@link Origin#connection} had it
   * @param why in one word: {@code reset}, {@code keep-alive}, {@code taken-over}
   */
  void broken(long connection, String why);
}
