package org.linli.edge.outbox;

import org.linli.edge.profile.Interpreted;

/**
 * The gateway's durable queue to the hub, as it takes messages. One writer thread commits messages
 * in groups, each group with one fsync, and only then answers them (delivery contract, point 1).
 * {@link UplinkQueue} is how it is emptied, {@link OutboxReport} what it says about itself.
 */
public interface Outbox {

  /**
   * Queues an interpreted message for the next group commit and returns at once. The message's
   * {@code Reply} is called from the writer thread: taken or refused after the fsync, unavailable
   * when the disk refuses or too many messages wait.
   */
  void offer(Interpreted interpreted);
}
