package org.linli.sims.torture;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.linli.sims.community.CommunityFile;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.load.Traffic;

/** All devices of a run: the constant ones, and those of single faults. */
final class Devices implements AutoCloseable {

  private static final String MIXED = "mixed-";
  private static final String SURE = "sure-";

  private static final int MIXED_CONNECTIONS = 20;
  private static final int MIXED_DEVICES = 40;
  private static final int SURE_CONNECTIONS = 6;
  private static final int SURE_DEVICES = 12;

  /** One of five events goes at QoS 2. */
  private static final int SURE_PART = 5;

  private final Town town;
  private final Path folder;
  private final InstantSource clock;
  private final List<Traffic> lasting = new CopyOnWriteArrayList<>();
  private final List<Traffic> others = new CopyOnWriteArrayList<>();
  private final List<Path> records = new ArrayList<>();

  Devices(Town town, Path folder, InstantSource clock) {
    this.town = town;
    this.folder = folder;
    this.clock = clock;
  }

  /** Constant devices are registered; those of single faults are not. */
  static CommunityFile community(String gateway) {
    CommunityFile file = new CommunityFile(List.of(gateway));
    Traffic.kinds(MIXED, MIXED_DEVICES).forEach((id, kind) -> file.device(id, kind, gateway));
    Traffic.kinds(SURE, SURE_DEVICES).forEach((id, kind) -> file.device(id, kind, gateway));
    return file;
  }

  /**
   * Starts the constant devices: over all protocols at QoS 1, and over MQTT at QoS 2. QoS 2 is left
   * out with a broker in between: Mosquitto answers PUBREC and passes the message on at PUBREL
   * only, which a device that starts a new session in between never sends.
   *
   * @param alertEvery one in this many events opens an alert, or clears it again
   */
  void start(int perSecond, int alertEvery) throws CannotRunException {
    int sure = Math.max(1, perSecond / SURE_PART);
    lasting.add(
        begin(
            new Traffic.Manner(
                MIXED,
                true,
                1,
                MIXED_CONNECTIONS,
                MIXED_DEVICES,
                Math.max(1, perSecond - sure),
                alertEvery,
                0),
            town.mqttUri()));
    lasting.add(
        begin(
            new Traffic.Manner(
                SURE,
                false,
                town.hasBroker() ? 1 : 2,
                SURE_CONNECTIONS,
                SURE_DEVICES,
                sure,
                alertEvery,
                0),
            town.mqttUri()));
  }

  /** Starts further devices, over MQTT, for as long as their fault lasts. */
  Traffic begin(String name, int connections, int devices, int perSecond, int padding, int mqttPort)
      throws CannotRunException {
    Traffic traffic =
        begin(
            new Traffic.Manner(name, false, 1, connections, devices, perSecond, 0, padding),
            URI.create("mqtt://127.0.0.1:" + mqttPort));
    others.add(traffic);
    return traffic;
  }

  private Traffic begin(Traffic.Manner manner, URI mqtt) throws CannotRunException {
    Path record = folder.resolve("record-%03d-%s.txt".formatted(records.size(), manner.name()));
    Traffic traffic = Traffic.start(manner, mqtt, town.coapUri(), town.webUri(), record, clock);
    records.add(record);
    return traffic;
  }

  /** Stops new events and waits until all sent ones are answered; false on a timeout. */
  boolean hold(Duration patience) throws InterruptedException {
    lasting.forEach(Traffic::hold);
    long deadline = System.nanoTime() + patience.toNanos();
    for (Traffic traffic : lasting) {
      if (!traffic.awaitAnswers(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  void release() {
    lasting.forEach(Traffic::release);
  }

  /** Ends everything once it is answered, or after that time. */
  void end(Duration patience) throws CannotRunException, InterruptedException {
    lasting.forEach(Traffic::finish);
    for (Traffic traffic : lasting) {
      traffic.end(patience);
    }
  }

  List<Path> records() {
    return List.copyOf(records);
  }

  long offered() {
    return lasting.stream().mapToLong(Traffic::offered).sum()
        + others.stream().mapToLong(Traffic::offered).sum();
  }

  long acknowledged() {
    return lasting.stream().mapToLong(Traffic::acknowledged).sum()
        + others.stream().mapToLong(Traffic::acknowledged).sum();
  }

  long unanswered() {
    return lasting.stream().mapToLong(Traffic::unanswered).sum();
  }

  @Override
  public void close() {
    lasting.forEach(Traffic::close);
    others.forEach(Traffic::close);
  }
}
