package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.padded;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.outbox.sqlite.Reserve.UsableSpace;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

/** A disk that does not say how much of it is free is not full for that. */
class UnknownSpaceTest {

  @TempDir private Path folder;

  @Test
  void nothingIsGivenUpWhileNobodySaysHowMuchIsFree() throws Exception {
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder,
            OpenedOutbox.small(
                DataSize.ofMegabytes(8), Duration.ofDays(1), DataSize.ofKilobytes(64)))) {
      opened.offer(padded(bulk("lift-1", null), 24));
      opened.saysNothingOfItsRoom();
      for (int i = 0; i < 20; i++) {
        assertThat(opened.offer(padded(bulk("lift-1", null), 24))).isEqualTo("taken");
      }
      assertThat(opened.outbox().ledger().shed()).isZero();
    }
  }

  @Test
  void aReserveThatIsNeverMadeAgainIsNoTroubleWithoutEnd() {
    InstantSource clock = InstantSource.system();
    AtomicBoolean says = new AtomicBoolean(true);
    UsableSpace disk =
        _ -> {
          if (!says.get()) {
            throw new IOException("a disk that does not say how much is free");
          }
          return Long.MAX_VALUE;
        };
    Reserve reserve = new Reserve(folder, 4_096, disk, clock);
    reserve.fill();
    assertThat(reserve.release()).isTrue();
    assertThat(reserve.missingSince()).isNotNull();

    says.set(false);
    reserve.fill();
    assertThat(reserve.missingSince()).as("whether it is full is not known").isNull();
  }

  @Test
  void itIsSaidOnThePageAndInHealth() throws Exception {
    UsableSpace silent =
        _ -> {
          throw new IOException("a disk that does not say how much is free");
        };
    try (RunningGateway gateway =
            RunningGateway.start(folder, Map.of("usableSpaceOfTheTest", silent));
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(page(http, gateway, "zh"))
          .contains("<p>无法得知 " + folder + " 所在磁盘的剩余空间，目前仅按空间配额（linli.outbox.quota）限制存储。");
      assertThat(page(http, gateway, "en"))
          .contains("<p>The disk with " + folder + " does not say how much of it is free");
      assertThat(gateway.health("outbox").getStatus()).isEqualTo(Status.UP);
      assertThat(gateway.health("outbox").getDetails().get("degraded"))
          .asString()
          .startsWith("The disk does not say how much of it is free");
    }
  }

  private static String page(HttpClient http, RunningGateway gateway, String language)
      throws Exception {
    return http.send(
            HttpRequest.newBuilder(gateway.http("/?lang=" + language)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
