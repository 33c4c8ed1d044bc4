package org.linli.sims.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.linli.sims.link.MqttPackets.FromServer;

/**
 * A device that publishes. An event is done at QoS 1 when its PUBACK arrives, at QoS 2 when its
 * PUBREC does, at QoS 0 when it is written. After a broken connection it continues with the oldest
 * unanswered event, as a new publish in a new session.
 */
public final class MqttLink implements Link {

  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int PING_AFTER_MILLIS = 10_000;
  private static final int SILENT_MILLIS = 25_000;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int OUT_BYTES = 4 * 1024;
  private static final int IN_BYTES = 512;
  private static final Duration FAREWELL = Duration.ofMillis(500);

  /**
   * How a device publishes.
   *
   * @param qos 0, 1 or 2
   * @param resends whether unanswered events are sent again in the next session
   * @param mostUnanswered how many publishes may be unanswered at a time
   * @param mostWaiting how many more it accepts before {@link #send} blocks
   */
  public record Manner(
      MqttVersion version, int qos, boolean resends, int mostUnanswered, int mostWaiting) {

    /** At QoS 1, until it is acknowledged. */
    public static Manner atLeastOnce(MqttVersion version, int mostUnanswered, int mostWaiting) {
      return new Manner(version, 1, true, mostUnanswered, mostWaiting);
    }
  }

  private final InetSocketAddress gateway;
  private final String clientId;
  private final int qos;
  private final ConnectPace pace;
  private final MqttPackets packets;
  private final PublishWindow window;
  private final Thread writer;
  private final BackOff backOff = new BackOff();
  private volatile @Nullable String trouble;
  private volatile @Nullable Socket current;
  private volatile boolean closed;

  /** Connects in the background, when the pace gives it a turn. */
  public MqttLink(InetSocketAddress gateway, String clientId, Manner manner, ConnectPace pace) {
    this.gateway = gateway;
    this.clientId = clientId;
    this.qos = manner.qos();
    this.pace = pace;
    this.packets = new MqttPackets(manner.version());
    this.window =
        new PublishWindow(qos > 0, manner.resends(), manner.mostUnanswered(), manner.mostWaiting());
    this.writer = Thread.ofVirtual().name("mqtt-" + clientId).start(this::keepPublishing);
  }

  @Override
  public void send(Sending sending) throws InterruptedException {
    window.add(sending);
  }

  @Override
  public boolean ready() {
    return window.inSession();
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    boolean canSayFarewell = window.inSession();
    closed = true;
    window.breakSession();
    if (canSayFarewell) {
      awaitFarewell();
    }
    writer.interrupt();
    closeCurrent();
  }

  /**
   * Waits for the DISCONNECT; without it the gateway would report after a while that the device is
   * offline.
   */
  private void awaitFarewell() {
    try {
      writer.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepPublishing() {
    while (!closed) {
      try (Socket socket = new Socket()) {
        pace.await();
        current = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENT_MILLIS);
        // Resolved each time: a gateway may return with another address.
        socket.connect(
            new InetSocketAddress(gateway.getHostString(), gateway.getPort()), CONNECT_MILLIS);
        publishOver(socket);
      } catch (IOException e) {
        trouble = "no MQTT session with %s: %s".formatted(Addresses.text(gateway), reason(e));
      } catch (InterruptedException e) {
        return;
      }
      window.breakSession();
      if (closed) {
        return;
      }
      try {
        Thread.sleep(backOff.next());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void publishOver(Socket socket) throws IOException, InterruptedException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), IN_BYTES));
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), OUT_BYTES);
    packets.writeConnect(out, clientId, KEEP_ALIVE_SECONDS);
    out.flush();
    if (!(packets.read(in) instanceof FromServer.ConnAck connAck)) {
      throw new IOException("the answer to CONNECT was no CONNACK");
    }
    if (connAck.code() != 0) {
      throw new IOException("CONNACK with code 0x%02X".formatted(connAck.code()));
    }
    trouble = null;
    backOff.succeeded();
    window.beginSession(connAck.receiveMaximum());
    Thread reader = Thread.ofVirtual().name("mqtt-answers-" + clientId).start(() -> hear(in));
    try {
      publishUntilBroken(out);
    } finally {
      socket.close();
      reader.join();
    }
  }

  private void publishUntilBroken(OutputStream out) throws IOException, InterruptedException {
    while (!closed) {
      if (!window.hasNextNow()) {
        out.flush();
      }
      PublishWindow.Turn turn = window.next(PING_AFTER_MILLIS);
      switch (turn) {
        case PublishWindow.Turn.Publish(int packetId, Sending sending) ->
            publish(out, packetId, sending);
        case PublishWindow.Turn.Release(int packetId) -> packets.writeRelease(out, packetId);
        case PublishWindow.Turn.Quiet() -> {
          packets.writePing(out);
          out.flush();
        }
        case PublishWindow.Turn.Broken() -> {
          if (!closed) {
            return;
          }
        }
      }
    }
    packets.writeDisconnect(out);
    out.flush();
  }

  private void publish(OutputStream out, int packetId, Sending sending) throws IOException {
    try {
      packets.writePublish(
          out, sending.letter().address(), qos, packetId, sending.letter().payload());
    } finally {
      if (qos == 0) {
        sending.answer().unconfirmed();
      }
    }
  }

  private void hear(DataInputStream in) {
    try {
      while (true) {
        switch (packets.read(in)) {
          case FromServer.PubAck(int packetId, int reason) ->
              window.answered(packetId, refusal(reason));
          case FromServer.PubRec(int packetId, int reason) ->
              window.received(packetId, refusal(reason));
          case FromServer.PubComp(int packetId) -> window.completed(packetId);
          case FromServer.Disconnect(int reason) ->
              throw new IOException("DISCONNECT with reason 0x%02X".formatted(reason));
          case FromServer.ConnAck ignored ->
              throw new IOException("a second CONNACK in one session");
          case FromServer.Other ignored -> {
            // The answer to a ping: only its arrival matters.
          }
        }
      }
    } catch (IOException e) {
      if (!closed) {
        trouble =
            "the MQTT session with %s ended: %s".formatted(Addresses.text(gateway), reason(e));
      }
      window.breakSession();
    }
  }

  /** A reason below 0x80 is a success (MQTT 5, 2.4). */
  private static OptionalInt refusal(int reason) {
    return reason >= 0x80 ? OptionalInt.of(reason) : OptionalInt.empty();
  }

  private static String reason(IOException e) {
    return switch (e) {
      case SocketTimeoutException ignored -> "no answer";
      case SocketException socket when socket.getMessage() != null -> socket.getMessage();
      default -> e.getMessage() == null ? "the connection was closed" : e.getMessage();
    };
  }

  private void closeCurrent() {
    Socket socket = current;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        trouble = "closing the connection failed: " + e.getMessage();
      }
    }
  }
}
