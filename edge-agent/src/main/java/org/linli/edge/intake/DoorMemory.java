package org.linli.edge.intake;

import org.linli.edge.memory.HeapShare;

/**
 * How much of the heap may be taken by what comes in at the doors: each kind of thing that a
 * stranger can make the gateway hold has a share of its own, so that none of them, and not all
 * together, uses the heap up ({@link HeapShare}).
 *
 * @param heap largest heap in bytes
 * @param files what bounds connections, too
 */
public record DoorMemory(long heap, DoorFiles files) {

  /** What a connection of MQTT takes, with its will where that is small; measured. */
  public static final int MQTT_CONNECTION = 10 << 10;

  /** What a subscription of an MQTT client takes, with a long name. */
  public static final int MQTT_SUBSCRIPTION = 1 << 10;

  /** What a connection of HTTP takes; its head, its buffers and a small body. */
  public static final int HTTP_CONNECTION = 48 << 10;

  /** What a CoAP request that is remembered takes; measured. */
  public static final int COAP_REQUEST = 640;

  /**
   * @param heap largest heap in bytes
   */
  public DoorMemory(long heap) {
    this(heap, DoorFiles.UNBOUNDED);
  }

  /** Of this program. */
  public static DoorMemory ofThisProgram() {
    return new DoorMemory(Runtime.getRuntime().maxMemory(), DoorFiles.ofThisProgram());
  }

  /** How many connections of MQTT the heap carries. */
  public int mqttConnections() {
    return carried(HeapShare.MQTT_CONNECTIONS, MQTT_CONNECTION);
  }

  /** Bytes of unfinished MQTT packets, of what waits to be handed on, and of unread answers. */
  public long heldBytes() {
    return HeapShare.MQTT_HELD.of(heap);
  }

  /** Bytes of QoS 2 packet ids that clients leave unreleased, beyond a few of each. */
  public long unreleasedBytes() {
    return HeapShare.MQTT_UNRELEASED.of(heap);
  }

  /** Bytes of subscriptions, beyond the first of each client. */
  public long subscriptionBytes() {
    return HeapShare.MQTT_SUBSCRIPTIONS.of(heap);
  }

  /** Bytes of wills, but for the small ones of connected clients. */
  public long willBytes() {
    return HeapShare.MQTT_WILLS.of(heap);
  }

  /** How many connections of HTTP the heap carries. */
  public int httpConnections() {
    return carried(HeapShare.HTTP_CONNECTIONS, HTTP_CONNECTION);
  }

  /** Bytes of larger HTTP bodies that are being read. */
  public long bodyBytes() {
    return HeapShare.HTTP_BODIES.of(heap);
  }

  /** How many CoAP requests can be remembered. */
  public int coapRequests() {
    return carried(HeapShare.COAP_REQUESTS, COAP_REQUEST);
  }

  /** How many messages of CoAP servers can be remembered. */
  public int coapServerMessages() {
    return carried(HeapShare.COAP_SERVERS, COAP_REQUEST);
  }

  /** Bytes of CoAP messages that are on their way in blocks. */
  public long blockBytes() {
    return HeapShare.COAP_BLOCKS.of(heap);
  }

  private int carried(HeapShare share, int each) {
    return (int) Math.min(share.of(heap) / each, Integer.MAX_VALUE);
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
