package org.linli.hub.console;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.change.ChangeKind;

/**
 * Defines how subjects of one kind look on the stream. A kind without one is not shown. For any
 * thread.
 *
 * <p>If subjects of a kind change together, the event is {@code {"items":[…]}} of their bodies;
 * otherwise it is the body.
 */
public interface ShownOnStream {

  ChangeKind kind();

  /**
   * Returns the body of the event, to be converted to JSON.
   *
   * @param community whose it is; null for what belongs to no community
   * @param subject id of what changed
   * @return its present state; empty if it no longer exists
   */
  Optional<?> body(@Nullable CommunityId community, String subject);
}
