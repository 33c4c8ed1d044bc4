package org.linli.edge.memory;

/**
 * The shares of the heap for data that can grow. All shares can be used up at the same time:
 * together they are what the program itself leaves. A new share has to be taken from the others.
 *
 * <pre>
 *   heap ─ 40 MB for the program itself = usable, at least a quarter of the heap
 * </pre>
 */
public enum HeapShare {
  /** MQTT connections, with their small wills. */
  MQTT_CONNECTIONS(555),
  /** Unfinished MQTT packets, packets that wait for processing, and unread answers. */
  MQTT_HELD(30),
  /** QoS 2 packet ids that clients leave unreleased, beyond a few per client. */
  MQTT_UNRELEASED(6),
  /** Subscriptions of MQTT clients, beyond the first of each. */
  MQTT_SUBSCRIPTIONS(20),
  /** Wills, except the small ones of connected clients. */
  MQTT_WILLS(16),
  HTTP_CONNECTIONS(28),
  /** Larger HTTP bodies that are being read. */
  HTTP_BODIES(25),
  /** Remembered CoAP requests. */
  COAP_REQUESTS(15),
  /** Unfinished blockwise CoAP messages. */
  COAP_BLOCKS(15),
  /** Remembered messages of CoAP servers. */
  COAP_SERVERS(4),
  /** Messages that wait for their commit. */
  WAITING(36),
  /** The last commands of devices. */
  COMMANDS(20),
  /** State of devices; the rest is read from the disk. */
  DEVICES(49),
  /** Numbers of devices for counting losses; the rest is read from the disk. */
  LOSSES(4),
  /** Last signs of life. */
  LIVENESS(111),
  /** Last states of devices that only report changes. */
  STATES(30),
  /** Supposed kinds of equipment. */
  KINDS(4),
  /** Active camera alarms. */
  ALARMS(3),
  /** Birth certificates of Sparkplug nodes. */
  BIRTHS(16),
  /** What devices said again, and what was refused of them, by device. */
  REPEATS(3),
  /** Names of pictures. */
  PICTURES(10);

  /** Bytes that the program takes without clients, including room for the garbage collector. */
  public static final long PROGRAM = 40L << 20;

  private static final int ALL = 1_000;

  private final int thousandths;

  HeapShare(int thousandths) {
    this.thousandths = thousandths;
  }

  /** The share in bytes of a heap of that size. */
  public long of(long heap) {
    return Math.max(heap - PROGRAM, heap / 4) / ALL * thousandths;
  }

  /** The share in bytes of this program's heap. */
  public long bytes() {
    return of(Runtime.getRuntime().maxMemory());
  }
}
