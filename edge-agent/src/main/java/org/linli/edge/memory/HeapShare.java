package org.linli.edge.memory;

/**
 * What may grow on the heap, and how much of it each may take. All shares can be in use at the same
 * time: together they are what the program itself leaves. Whatever else comes to grow takes its
 * share from the others.
 *
 * <pre>
 *   heap ─ 40 MB for the program itself = usable, at least a quarter of the heap
 * </pre>
 */
public enum HeapShare {
  /** Connections of MQTT, with their small wills. */
  MQTT_CONNECTIONS(555),
  /** Unfinished MQTT packets, what waits to be handed on, and unread answers. */
  MQTT_HELD(30),
  /** QoS 2 packet ids that clients leave unreleased, beyond a few of each. */
  MQTT_UNRELEASED(6),
  /** Subscriptions of MQTT clients, beyond the first of each. */
  MQTT_SUBSCRIPTIONS(20),
  /** Wills, but for the small ones of connected clients. */
  MQTT_WILLS(16),
  HTTP_CONNECTIONS(28),
  /** Larger HTTP bodies that are being read. */
  HTTP_BODIES(25),
  /** CoAP requests that are remembered. */
  COAP_REQUESTS(15),
  /** CoAP messages that are on their way in blocks. */
  COAP_BLOCKS(15),
  /** Messages of CoAP servers that are remembered. */
  COAP_SERVERS(4),
  /** Messages that wait for their commit. */
  WAITING(36),
  /** The last commands of devices. */
  COMMANDS(20),
  /** What is remembered of devices; more is read from the disk. */
  DEVICES(49),
  /** Numbers of devices for losses; more is read from the disk. */
  LOSSES(4),
  /** Last signs of life. */
  LIVENESS(111),
  /** Last states of what only reports changes. */
  STATES(33),
  /** Supposed kinds of equipment. */
  KINDS(4),
  /** Alarms of cameras that are running. */
  ALARMS(3),
  /** Births of Sparkplug nodes. */
  BIRTHS(16),
  /** Names of pictures. */
  PICTURES(10);

  /** What the program takes with nobody connected, and room for the collector. */
  public static final long PROGRAM = 40L << 20;

  private static final int ALL = 1_000;

  private final int thousandths;

  HeapShare(int thousandths) {
    this.thousandths = thousandths;
  }

  /** Bytes of a heap. */
  public long of(long heap) {
    return Math.max(heap - PROGRAM, heap / 4) / ALL * thousandths;
  }

  /** Bytes of the heap of this program. */
  public long bytes() {
    return of(Runtime.getRuntime().maxMemory());
  }
}
