package org.linli.hub.console.stream;

import java.util.Optional;
import org.linli.hub.change.ChangeKind;

/**
 * How subjects of one kind look on the stream. A kind without one is not shown. For any thread.
 *
 * <p>Where subjects of a kind change together, the event is {@code {"items":[…]}} of their bodies;
 * otherwise it is the body.
 */
interface ShownOnStream {

  ChangeKind kind();

  /**
   * What stands in the event, to be made JSON of.
   *
   * @param subject id of what changed
   * @return as it is now; empty where it is no more
   */
  Optional<?> body(String subject);
}
