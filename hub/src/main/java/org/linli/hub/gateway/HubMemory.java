package org.linli.hub.gateway;

/**
 * How much of the heap may be taken by data from gateways and from connections that pretend to be
 * one. Each kind has a share of its own, so that all of them together cannot exhaust the heap:
 *
 * <pre>
 *   1/8   messages that wait to be processed
 *   1/16  packets that have not arrived completely
 *   1/32  small ones, so that none waits for a large one
 *   1/16  messages of a broker that nothing has processed yet
 *   1/4   batches that are unpacked and wait for their commit, a quarter of it for urgent ones
 *   1/16  batches on their way from the journal to the history
 *   1/64  connections that do not yet belong to a gateway
 *   1/64  the newest event of each device
 * </pre>
 *
 * @param heap largest heap in bytes
 */
public record HubMemory(long heap) {

  /** The largest packet of a connection that does not yet belong to a gateway. */
  public static final int FIRST_PACKET = 2 << 10;

  /** Bytes for such a connection, with the objects that are made of its packet. */
  private static final int PENDING_CONNECTION = 16 << 10;

  private static final int FEWEST_PENDING = 32;
  private static final int MOST_PENDING = 1_024;

  /** Returns the shares for the heap of this program. */
  public static HubMemory ofThisProgram() {
    return new HubMemory(Runtime.getRuntime().maxMemory());
  }

  /** Returns the bytes for messages of all gateways that wait to be processed. */
  public long waiting() {
    return heap / 8;
  }

  /** Returns the bytes for packets of all gateways that have not arrived completely. */
  public long unfinished() {
    return heap / 16;
  }

  /** Returns the bytes for messages of a broker that nothing has processed yet. */
  public long unheard() {
    return heap / 16;
  }

  /** Returns the bytes for small packets of all gateways that have not arrived completely. */
  public long unfinishedSmall() {
    return heap / 32;
  }

  /** Returns the bytes for unpacked bulk batches. */
  public long unpackedBulk() {
    return heap / 16 * 3;
  }

  /** Returns the bytes for unpacked urgent batches, which do not wait for bulk ones. */
  public long unpackedUrgent() {
    return heap / 16;
  }

  /** Returns the bytes for batches on their way from the journal to the history. */
  public long journal() {
    return heap / 16;
  }

  /** Returns the bytes for the devices' newest events. */
  public long deviceOrders() {
    return heap / 64;
  }

  /** Returns the largest number of connections that do not yet belong to a gateway. */
  public int pendingConnections() {
    return (int) Math.clamp(heap / 64 / PENDING_CONNECTION, FEWEST_PENDING, MOST_PENDING);
  }

  /**
   * @throws IllegalArgumentException if one packet is larger than all of them may be together
   */
  void requireRoomFor(long maxBatch) {
    if (maxBatch > unfinished()) {
      throw new IllegalArgumentException(
          "linli.gateway.max-batch is %d bytes, and this heap of %d MB carries packets of %d at most: choose less, or give the hub more memory (LINLI_HEAP)."
              .formatted(maxBatch, heap >> 20, unfinished()));
    }
  }
}
