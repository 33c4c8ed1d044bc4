package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.profile.KnownDevices;
import org.linli.program.thread.LivingThreads;

class RunningTimeTest {

  @TempDir private Path folder;

  @Test
  void passesWhereNothingIsWrittenAndIsWrittenDownEachHour() throws Exception {
    new OpenedOutbox(folder).close();
    AtomicReference<Instant> now = new AtomicReference<>(Offered.AT);
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      GroupWriter writer =
          new GroupWriter(
              connection,
              OpenedOutbox.GATEWAY,
              OutboxSettings.DEFAULTS,
              now::get,
              CommitGate.OPEN,
              MessageDigest.getInstance("SHA-256"),
              new Reserve(folder, 0, Reserve.UsableSpace.ofTheDisk(), now::get),
              new AtomicBoolean(),
              KnownDevices.NONE,
              new Repeats());
      for (int second = 0; second < 3_599; second++) {
        now.updateAndGet(before -> before.plusSeconds(1));
        writer.passTime();
      }
      now.updateAndGet(before -> before.minus(Duration.ofDays(1)));
      writer.passTime();
      assertThat(writer.isDue()).isFalse();
      now.updateAndGet(before -> before.plusSeconds(1));
      writer.passTime();
      assertThat(writer.isDue()).isTrue();

      LivingThreads threads = new LivingThreads(InstantSource.system());
      writer.write(new Answers(List.of(), List.of(), threads.guard("test")), Map.of());
      assertThat(writer.committed().running()).isEqualTo(3_600_000);
      assertThat(writer.isDue()).isFalse();
    }
  }
}
