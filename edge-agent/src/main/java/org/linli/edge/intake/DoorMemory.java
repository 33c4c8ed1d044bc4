package org.linli.edge.intake;

import org.linli.edge.memory.HeapShare;
import org.linli.program.settings.SettingFormat;

/**
 * How much of the heap incoming data may take at the doors. Each kind of data that a client can
 * make the gateway hold has a share of its own. So neither one of them nor all together can exhaust
 * the heap ({@link HeapShare}).
 *
 * @param heap largest heap in bytes
 * @param files the other limit on connections
 */
public record DoorMemory(long heap, DoorFiles files) {

  /** Bytes of an MQTT connection, including a small will; measured. */
  public static final int MQTT_CONNECTION = 10 << 10;

  /** Bytes of a subscription of an MQTT client, with a long name. */
  public static final int MQTT_SUBSCRIPTION = 1 << 10;

  /** Bytes of an HTTP connection: its head, its buffers and a small body. */
  public static final int HTTP_CONNECTION = 48 << 10;

  /** Bytes of a remembered CoAP request; measured. */
  public static final int COAP_REQUEST = 640;

  /**
   * @param heap largest heap in bytes
   */
  public DoorMemory(long heap) {
    this(heap, DoorFiles.UNBOUNDED);
  }

  /** The heap and file limit of this process. */
  public static DoorMemory ofThisProgram() {
    return new DoorMemory(Runtime.getRuntime().maxMemory(), DoorFiles.ofThisProgram());
  }

  /** Most MQTT connections that the heap has room for. */
  public int mqttConnections() {
    return carried(HeapShare.MQTT_CONNECTIONS, MQTT_CONNECTION);
  }

  /**
   * Bytes of unfinished MQTT packets, of packets that wait for processing, and of unread answers.
   */
  public long heldBytes() {
    return HeapShare.MQTT_HELD.of(heap);
  }

  /** Bytes of QoS 2 packet ids that clients leave unreleased, beyond a few per client. */
  public long unreleasedBytes() {
    return HeapShare.MQTT_UNRELEASED.of(heap);
  }

  /** Bytes of subscriptions, beyond the first of each client. */
  public long subscriptionBytes() {
    return HeapShare.MQTT_SUBSCRIPTIONS.of(heap);
  }

  /** Bytes of wills, except the small ones of connected clients. */
  public long willBytes() {
    return HeapShare.MQTT_WILLS.of(heap);
  }

  /** Most HTTP connections that the heap has room for. */
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

  /** Bytes of unfinished blockwise CoAP messages. */
  public long blockBytes() {
    return HeapShare.COAP_BLOCKS.of(heap);
  }

  private int carried(HeapShare share, int each) {
    return (int) Math.min(share.of(heap) / each, Integer.MAX_VALUE);
  }

  /**
   * Checks that a setting does not ask for more than the heap has room for.
   *
   * @throws CannotListenException if it does
   */
  public void require(String setting, long wanted, long carried) {
    if (wanted > carried) {
      throw tooMuch(setting, Long.toString(wanted), Long.toString(carried));
    }
  }

  /**
   * Checks that a setting in bytes does not ask for more than the heap has room for.
   *
   * @throws CannotListenException if it does
   */
  public void requireBytes(String setting, long wanted, long carried) {
    if (wanted > carried) {
      throw tooMuch(setting, SettingFormat.bytes(wanted), SettingFormat.atMost(carried));
    }
  }

  private CannotListenException tooMuch(String setting, String wanted, String carried) {
    return CannotListenException.because(
        "%s is %s, and a heap of %d MB carries %s: give the agent more with LINLI_HEAP, or make it less."
            .formatted(setting, wanted, heap >> 20, carried));
  }
}
