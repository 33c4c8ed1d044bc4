package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.UplinkQueue;

/** A disk that cannot be read at times ends connections to the hub, and so does a lost socket. */
class ConnectionThatEndsByWhatIsThrownTest {

  @TempDir Path folder;

  private final AtomicBoolean isRefusing = new AtomicBoolean();

  /** An outbox whose disk cannot be read while {@link #isRefusing}, which no test disk can do. */
  private UplinkQueue fake(UplinkQueue real) {
    return (UplinkQueue)
        Proxy.newProxyInstance(
            UplinkQueue.class.getClassLoader(),
            new Class<?>[] {UplinkQueue.class},
            (_, method, arguments) -> {
              if (method.getName().equals("next") && isRefusing.get()) {
                throw new OutboxUnavailableException("the disk cannot be read");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  @Test
  void hasPausesBeginAnewWhereItLasted() throws Exception {
    try (FakeHub hub = new FakeHub();
        TestOutbox box = new TestOutbox(folder)) {
      hub.open();
      Uplink uplink =
          TestUplink.between(
              fake(box.outbox()),
              box.outbox(),
              hub.address(),
              folder,
              TestSettings.quick(
                  Map.of(
                      "linli.uplink.first-pause", "400ms",
                      "linli.uplink.longest-pause", "6s")));
      isRefusing.set(true);
      box.takeBulk(1, 1);
      uplink.start();
      try {
        await().atMost(Duration.ofSeconds(20)).until(() -> hub.attempts() >= 4);
        isRefusing.set(false);
        box.awaitEmpty();
        int attempts = hub.attempts();
        await()
            .during(Duration.ofMillis(2_500))
            .atMost(Duration.ofSeconds(5))
            .until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);

        isRefusing.set(true);
        box.takeBulk(2, 2);
        await()
            .atMost(Duration.ofMillis(2_500))
            .untilAsserted(() -> assertThat(hub.attempts()).isGreaterThan(attempts));
      } finally {
        uplink.stop();
      }
    }
  }
}
