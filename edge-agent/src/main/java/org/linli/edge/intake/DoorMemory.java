package org.linli.edge.intake;

/**
 * How much of the heap may be taken by what comes in at the doors: each kind of thing that a
 * stranger can make the gateway hold has a share of its own, so that none of them, and not all
 * together, uses the heap up.
 *
 * <pre>
 *   heap ─ 40 MB for the program itself = usable
 *   usable: 60 % connections of MQTT, 10 % held bytes, 10 % connections of HTTP,
 *           5 % each: bodies, wills, CoAP requests, CoAP messages in blocks
 * </pre>
 *
 * @param heap largest heap in bytes
 */
public record DoorMemory(long heap) {

  /** What a connection of MQTT takes, with its will where that is small; measured. */
  public static final int MQTT_CONNECTION = 10 << 10;

  /** What a connection of HTTP takes; its head, its buffers and a small body. */
  public static final int HTTP_CONNECTION = 48 << 10;

  /** What a CoAP request that is remembered takes; measured. */
  public static final int COAP_REQUEST = 640;

  /** What the program takes with nobody connected, and room for the collector. */
  private static final long PROGRAM = 40L << 20;

  /** Of the heap of this program. */
  public static DoorMemory ofThisProgram() {
    return new DoorMemory(Runtime.getRuntime().maxMemory());
  }

  /** What is left for the doors and the outbox; a quarter of a heap that is very small. */
  private long usable() {
    return Math.max(heap - PROGRAM, heap / 4);
  }

  private long share(int percent) {
    return usable() / 100 * percent;
  }

  /** How many connections of MQTT the heap carries. */
  public int mqttConnections() {
    return carried(60, MQTT_CONNECTION);
  }

  /** Bytes of unfinished MQTT packets, of what waits to be handed on, and of unread answers. */
  public long heldBytes() {
    return share(10);
  }

  /** Bytes of wills, but for the small ones of connected clients. */
  public long willBytes() {
    return share(5);
  }

  /** How many connections of HTTP the heap carries. */
  public int httpConnections() {
    return carried(10, HTTP_CONNECTION);
  }

  /** Bytes of larger HTTP bodies that are being read. */
  public long bodyBytes() {
    return share(5);
  }

  /** How many CoAP requests can be remembered. */
  public int coapRequests() {
    return carried(5, COAP_REQUEST);
  }

  /** Bytes of CoAP messages that are on their way in blocks. */
  public long blockBytes() {
    return share(5);
  }

  /**
   * Bytes that settings may let the gateway hold beside what comes in at the doors: half of what is
   * left, as the doors' shares are not all in use at a time.
   */
  public long besideTheDoors() {
    return usable() / 2;
  }

  private int carried(int percent, int each) {
    return (int) Math.min(share(percent) / each, Integer.MAX_VALUE);
  }

  /**
   * Says that a setting asks for more than the heap carries.
   *
   * @throws CannotListenException where it does
   */
  public void require(String setting, long wanted, long carried) {
    if (wanted > carried) {
      throw CannotListenException.because(
          "%s is %d, and a heap of %d MB carries %d: give the agent more with LINLI_HEAP, or make it less."
              .formatted(setting, wanted, heap >> 20, carried));
    }
  }
}
