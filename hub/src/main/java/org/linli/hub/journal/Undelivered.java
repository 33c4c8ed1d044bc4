package org.linli.hub.journal;

import java.util.List;
import java.util.Map;

/** Keeps for a person what was applied and will be in no store. */
public interface Undelivered {

  /**
   * Keeps events and batches, within the caller's transaction.
   *
   * @param refused events that a store will never take, and why
   * @param unreadable batches that can no longer be read
   */
  void keep(Map<HubEvent, String> refused, List<UnreadableBatch> unreadable);
}
