package org.linli.sims.yardstick;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.TakenEvent;
import org.linli.event.UplinkTopics;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.ReceiptCodec;
import org.linli.program.mqtt.PahoSockets;

/**
 * Sends a hub batches that were made beforehand, as fast as it receipts them, and says how many
 * events a second that are until the last receipt, and until the last event is in the history: what
 * the hub can do without a gateway beside it. Every tenth batch is urgent, and each event in it
 * opens an alert or clears one. docs/performance.md has the command; LINLI_ADMIN_TOKEN is the
 * hub's.
 */
public final class FeedHub {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final UplinkTopics TOPICS = new UplinkTopics(GATEWAY);
  private static final int LARGEST_PACKET = 1 << 20;
  private static final int DEVICES = 200;
  private static final int URGENT_EVERY = 10;
  private static final int URGENT_EVENTS = 20;

  private static final Pattern WAITING =
      Pattern.compile("^linli_(?:journal_events|history_waiting) (\\S+)$", Pattern.MULTILINE);

  private final int size;
  private final List<Batch> batches = new ArrayList<>();
  private final Map<Lane, Digest> digests = new EnumMap<>(Lane.class);
  private final long[] orders = new long[DEVICES];
  private final Map<Lane, Long> sequences = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> counts = new EnumMap<>(Lane.class);
  private long made;

  private FeedHub(int size) {
    this.size = size;
  }

  /**
   * Port of a fresh hub with the sample community, batches, events in a batch, batches unanswered,
   * address of its console.
   */
  public static void main(String[] arguments)
      throws MqttException, InterruptedException, IOException {
    int port = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    FeedHub feed = new FeedHub(Integer.parseInt(arguments[2]));
    for (int i = 1; i <= count; i++) {
      feed.make(i % URGENT_EVERY == 0 ? Lane.URGENT : Lane.BULK);
    }
    feed.send(port, Integer.parseInt(arguments[3]), URI.create(arguments[4]));
  }

  private void make(Lane lane) {
    int events = lane == Lane.URGENT ? URGENT_EVENTS : size;
    List<TakenEvent> taken = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      int device = (int) (made % DEVICES);
      taken.add(new TakenEvent(++orders[device], event(lane, device)));
      made++;
    }
    long sequence = sequences.merge(lane, 1L, Long::sum);
    Digest before = digests.getOrDefault(lane, Digest.NONE);
    Digest digest =
        new Digest(ByteBuffer.allocate(Digest.LENGTH).putLong(sequence).putInt(1).array());
    digests.put(lane, digest);
    batches.add(
        new Batch(
            GATEWAY,
            1,
            lane,
            sequence,
            sequence,
            before,
            digest,
            new LaneLedger(counts.merge(lane, (long) events, Long::sum), 0),
            List.of(),
            taken));
  }

  private DeviceEvent event(Lane lane, int device) {
    Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    boolean opens = made / DEVICES % 2 == 0;
    return lane == Lane.URGENT
        ? new DeviceEvent(
            new DeviceId("fed-" + device),
            Kind.ELEVATOR,
            new EventType(opens ? "passenger.trapped" : "passenger.released"),
            new EventId("u" + made),
            at,
            null,
            at,
            Values.NONE)
        : new DeviceEvent(
            new DeviceId("fed-" + device),
            Kind.ELEVATOR,
            EventType.MEASUREMENT,
            new EventId("m" + made),
            at,
            null,
            at,
            new Values(Map.of("vibration", new Value.Real(1 + made % 1000 / 1000.0))));
  }

  private void send(int port, int window, URI console)
      throws MqttException, InterruptedException, IOException {
    List<byte[]> payloads = batches.stream().map(BatchCodec::encode).toList();
    Semaphore room = new Semaphore(window);
    MqttAsyncClient client =
        new MqttAsyncClient("tcp://127.0.0.1:" + port, GATEWAY.value(), new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(
        new PahoSockets(LARGEST_PACKET, "what a receipt takes, and much more"));
    options.setReceiveMaximum(1_000);
    client.connect(options).waitForCompletion();
    IMqttMessageListener receipts =
        (topic, message) -> {
          if (ReceiptCodec.decode(message.getPayload())
                  instanceof ReceiptCodec.Decoded.Read(Receipt.Applied applied)
              && applied.sequence() > 0) {
            room.release();
          }
        };
    client
        .subscribe(
            new MqttSubscription[] {new MqttSubscription(TOPICS.receipt(), 1)},
            null,
            null,
            new IMqttMessageListener[] {receipts},
            new MqttProperties())
        .waitForCompletion();
    client.publish(TOPICS.status(), "online".getBytes(StandardCharsets.UTF_8), 1, false);
    long began = System.nanoTime();
    long reported = began;
    long events = 0;
    long eventsReported = 0;
    for (int i = 0; i < payloads.size(); i++) {
      room.acquire();
      Lane lane = batches.get(i).lane();
      client.publish(TOPICS.up(lane), payloads.get(i), 1, false);
      events += batches.get(i).events().size();
      long now = System.nanoTime();
      if (now - reported > Duration.ofSeconds(5).toNanos()) {
        System.out.printf(
            "%d events, %.0f a second%n",
            events, (events - eventsReported) * 1e9 / (now - reported));
        reported = now;
        eventsReported = events;
      }
    }
    room.acquire(window);
    System.out.printf(
        "%d events in %d batches: %.0f a second until the last receipt%n",
        events, payloads.size(), events * 1e9 / (System.nanoTime() - began));
    while (somethingWaits(console)) {
      Thread.sleep(50);
    }
    System.out.printf(
        "%.0f a second until the last is in the history%n",
        events * 1e9 / (System.nanoTime() - began));
    client.disconnect().waitForCompletion();
    client.close();
  }

  private static boolean somethingWaits(URI console) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(console.resolve("/actuator/prometheus"))
            .header("Authorization", "Bearer " + System.getenv("LINLI_ADMIN_TOKEN"))
            .build();
    String figures;
    try (HttpClient http = HttpClient.newHttpClient()) {
      figures = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
    List<Double> waiting =
        WAITING.matcher(figures).results().map(one -> Double.valueOf(one.group(1))).toList();
    if (waiting.size() != 2) {
      throw new IllegalStateException("The hub does not say what waits: " + figures);
    }
    return waiting.stream().anyMatch(one -> one > 0);
  }
}
