package org.linli.edge.liveness;

import org.linli.edge.profile.Interpreted;

/**
 * Takes the statements about devices that the gateway makes on its own, not on a message, and
 * brings them to the outbox.
 */
@FunctionalInterface
public interface OwnStatements {

  /**
   * @param statement what to bring there; its reply gets the outbox's answer, from any thread,
   *     possibly before this returns
   */
  void say(Interpreted.Understood statement);
}
