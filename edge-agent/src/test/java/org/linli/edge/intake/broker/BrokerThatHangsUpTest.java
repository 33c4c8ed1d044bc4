package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.LifeSearch;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A broker that forgets every session and ends each connection after one message: no real one does
 * so for long, but one that restarts again and again.
 */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class BrokerThatHangsUpTest {

  @TempDir Path folder;

  @Test
  void isAskedLessAndLessOftenAndTheLogStaysShort(CapturedOutput console) throws Exception {
    try (HangingUp broker = new HangingUp()) {
      HeldIntake intake = new HeldIntake();
      intake.answerAtOnce();
      BrokerDoor door =
          new BrokerDoor(
              settings(broker.uri()),
              "linli-gateway-1",
              folder,
              intake,
              Clock.systemUTC(),
              new LivingThreads(Clock.systemUTC(), System::nanoTime),
              LifeSearch.NONE);
      door.start();
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> broker.acknowledged.get() >= 5);
        assertThat(lines(console, "Attached to the broker")).isLessThanOrEqualTo(1);
        assertThat(lines(console, "has forgotten the session")).isEqualTo(1);
        assertThat(lines(console, "for PT1S only")).isEqualTo(1);
        assertThat(lines(console, " is away (")).isEqualTo(1);
        assertThat(door.state().sessionsLost()).as("counted all the same").isGreaterThan(2);

        Awaitility.await()
            .during(Duration.ofSeconds(5))
            .atMost(Duration.ofSeconds(20))
            .until(() -> broker.acknowledged.get() < 15);
      } finally {
        door.stop();
      }
    }
  }

  private static long lines(CapturedOutput console, String with) {
    // Once each, however many appenders earlier tests of this process left behind.
    return console.getOut().lines().filter(line -> line.contains(with)).distinct().count();
  }

  private static BrokerSettings settings(String uri) {
    return Brokers.at(uri, Duration.ofMillis(20), Duration.ofSeconds(20));
  }

  /** Speaks as much of MQTT 5 as it needs. */
  private static final class HangingUp implements AutoCloseable {
    private static final byte[] CONNACK_NEW_SESSION_ONE_SECOND = {
      0x20, 8, 0, 0, 5, 0x11, 0, 0, 0, 1
    };
    private final ServerSocket listening =
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger acknowledged = new AtomicInteger();

    HangingUp() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    String uri() {
      return "mqtt://127.0.0.1:" + listening.getLocalPort();
    }

    private void serve() {
      while (!listening.isClosed()) {
        try (Socket client = listening.accept()) {
          oneMessage(new DataInputStream(client.getInputStream()), client.getOutputStream());
        } catch (IOException ended) {
          // The next one is served.
        }
      }
    }

    private void oneMessage(DataInputStream in, OutputStream out) throws IOException {
      body(in, 0x10);
      out.write(CONNACK_NEW_SESSION_ONE_SECOND);
      byte[] subscribe = body(in, 0x80);
      out.write(new byte[] {(byte) 0x90, 4, subscribe[0], subscribe[1], 0, 1});
      byte[] topic = "linli/access/door-1".getBytes(StandardCharsets.UTF_8);
      byte[] payload = "{\"type\":\"a.b\"}".getBytes(StandardCharsets.UTF_8);
      out.write(new byte[] {0x32, (byte) (topic.length + payload.length + 5), 0});
      out.write(topic.length);
      out.write(topic);
      out.write(new byte[] {0, 1, 0});
      out.write(payload);
      body(in, 0x40);
      acknowledged.incrementAndGet();
    }

    private static byte[] body(DataInputStream in, int type) throws IOException {
      while (true) {
        int first = in.readUnsignedByte();
        int length = 0;
        for (int shift = 0, next = 128; next >= 128; shift += 7) {
          next = in.readUnsignedByte();
          length |= (next & 127) << shift;
        }
        byte[] body = in.readNBytes(length);
        if ((first & 0xf0) == type) {
          return body;
        }
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
