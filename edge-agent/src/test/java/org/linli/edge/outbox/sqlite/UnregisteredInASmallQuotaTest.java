package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.springframework.util.unit.DataSize;

/** Whoever invents names leaves room for registered devices, however small the quota is. */
class UnregisteredInASmallQuotaTest {

  private static final int IDS_OF_EACH = 235;
  private static final double SLACK = 1.1;

  /** lift-1 is registered. */
  private static final KnownDevices REGISTRY = FixedRegistry.of("lift-1", Kind.ELEVATOR);

  @TempDir private Path folder;

  private static DeviceEvent[] ofOne(String name) {
    DeviceEvent[] events = new DeviceEvent[IDS_OF_EACH];
    for (int i = 0; i < events.length; i++) {
      events[i] = measurement(name, name + "-" + i);
    }
    return events;
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (String name : new String[] {"outbox.db", "outbox.db-wal"}) {
      Path file = folder.resolve(name);
      bytes += Files.exists(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"4096, 1000", "512, 300"})
  void aRegisteredDeviceIsHeardAndTheFileStaysWithinTheQuota(int kilobytes, int names)
      throws IOException {
    DataSize quota = DataSize.ofKilobytes(kilobytes);
    long largest = 0;
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder,
            OpenedOutbox.small(quota, Duration.ofDays(1), DataSize.ofKilobytes(64)),
            REGISTRY,
            System::nanoTime)) {
      for (int i = 0; i < names; i++) {
        opened.offer(ofOne("invented-" + i));
        largest = Math.max(largest, bytes());
      }
      long devices = opened.number("SELECT count(*) FROM device");
      String registered = opened.offer(urgent("lift-1", "alarm"));
      assertThat(registered)
          .as("after %s devices, %s bytes at most", devices, largest)
          .isEqualTo("taken");
      assertThat(devices).as("strangers").isPositive();
      assertThat((double) largest).isLessThanOrEqualTo(SLACK * quota.toBytes());
      opened.reopen();
      assertThat(opened.offer(urgent("lift-1", "another"))).isEqualTo("taken");
    }
  }
}
