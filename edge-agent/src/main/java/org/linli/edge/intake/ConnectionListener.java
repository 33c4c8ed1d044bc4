package org.linli.edge.intake;

/** Is notified by a door when a connection over which devices sent messages broke. */
public interface ConnectionListener {

  /**
   * A connection ended without DISCONNECT. Called at most once for each connection, after the last
   * message that came over it was handed in.
   *
   * @param connection as {@link Origin#connection} had it
   * @param why in one word: {@code reset}, {@code keep-alive}, {@code taken-over}
   */
  void broken(long connection, String why);
}
