package org.linli.hub.gateway;

/**
 * How much of the heap may be taken by what gateways send, and by what pretends to be one: each
 * kind has a share of its own, so that not all of them together use the heap up.
 *
 * <pre>
 *   1/8   messages that wait to be worked off
 *   1/16  packets that are not there as a whole yet
 *   1/32  small ones, so that none waits for a large one
 *   1/16  messages of a broker that nobody has looked at yet
 *   1/4   batches that are unpacked and wait for their commit, a quarter of it for urgent ones
 *   1/16  batches on their way from the journal to the history
 *   1/64  connections that are no gateway's yet
 *   1/64  the newest event of each device
 * </pre>
 *
 * @param heap largest heap in bytes
 */
public record HubMemory(long heap) {

  /** The largest packet of a connection that is no gateway's yet. */
  static final int FIRST_PACKET = 2 << 10;

  /** What such a connection takes, with the objects that are made of its packet. */
  private static final int STRANGER = 16 << 10;

  private static final int LEAST_STRANGERS = 32;
  private static final int MOST_STRANGERS = 1_024;

  /** Of the heap of this program. */
  public static HubMemory ofThisProgram() {
    return new HubMemory(Runtime.getRuntime().maxMemory());
  }

  /** Messages of all gateways that wait to be worked off. */
  long waiting() {
    return heap / 8;
  }

  /** Packets of all gateways that are not there as a whole yet. */
  long unfinished() {
    return heap / 16;
  }

  /** Messages of a broker that nobody has looked at yet. */
  long unheard() {
    return heap / 16;
  }

  /** Small packets of all gateways that are not there as a whole yet. */
  long unfinishedSmall() {
    return heap / 32;
  }

  /** Bulk batches that are unpacked. */
  public long unpackedBulk() {
    return heap / 16 * 3;
  }

  /** Urgent batches that are unpacked, which wait for no bulk one. */
  public long unpackedUrgent() {
    return heap / 16;
  }

  /** Batches on their way from the journal to the history. */
  public long journal() {
    return heap / 16;
  }

  /** What is remembered of devices' newest events. */
  public long deviceOrders() {
    return heap / 64;
  }

  /** Connections that are no gateway's yet. */
  int strangers() {
    return (int) Math.clamp(heap / 64 / STRANGER, LEAST_STRANGERS, MOST_STRANGERS);
  }

  /**
   * @throws IllegalArgumentException when one packet is more than all of them may take together
   */
  void requireRoomFor(long maxBatch) {
    if (maxBatch > unfinished()) {
      throw new IllegalArgumentException(
          "linli.gateway.max-batch is %d bytes, and this heap of %d MB carries packets of %d at most: choose less, or give the hub more memory (LINLI_HEAP)."
              .formatted(maxBatch, heap >> 20, unfinished()));
    }
  }
}
