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
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.linli.sims.link.MqttPackets.FromServer;

/**
 * A device that publishes at QoS 1: an event is done when its PUBACK came. After a broken
 * connection it goes on with the oldest event that has none, as a new publish.
 */
public final class MqttLink implements Link {

  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int PING_AFTER_MILLIS = 10_000;
  private static final int SILENT_MILLIS = 25_000;
  private static final int CONNECT_MILLIS = 10_000;

  private final InetSocketAddress gateway;
  private final String clientId;
  private final MqttPackets packets;
  private final PublishWindow window;
  private final Thread writer;
  private final BackOff backOff = new BackOff();
  private volatile @Nullable String trouble;
  private volatile @Nullable Socket current;
  private volatile boolean closed;

  /**
   * Connects in the background.
   *
   * @param mostUnanswered how many publishes may be without their PUBACK at a time
   * @param mostWaiting how many more it takes before {@link #send} waits
   */
  public MqttLink(
      InetSocketAddress gateway,
      String clientId,
      MqttVersion version,
      int mostUnanswered,
      int mostWaiting) {
    this.gateway = gateway;
    this.clientId = clientId;
    this.packets = new MqttPackets(version);
    this.window = new PublishWindow(mostUnanswered, mostWaiting);
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
    closed = true;
    window.breakSession();
    writer.interrupt();
    closeCurrent();
  }

  private void keepPublishing() {
    while (!closed) {
      try (Socket socket = new Socket()) {
        current = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENT_MILLIS);
        // Asked for again each time: a gateway may come back under another address.
        socket.connect(
            new InetSocketAddress(gateway.getHostString(), gateway.getPort()), CONNECT_MILLIS);
        publishOver(socket);
      } catch (IOException e) {
        trouble = "no MQTT session with %s: %s".formatted(Addresses.text(gateway), reason(e));
      } catch (InterruptedException e) {
        return;
      }
      window.breakSession();
      try {
        Thread.sleep(backOff.next());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void publishOver(Socket socket) throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
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
            packets.writePublish(out, sending.address(), packetId, sending.json());
        case PublishWindow.Turn.Quiet() -> {
          packets.writePing(out);
          out.flush();
        }
        case PublishWindow.Turn.Broken() -> {
          return;
        }
      }
    }
    packets.writeDisconnect(out);
    out.flush();
  }

  private void hear(DataInputStream in) {
    try {
      while (true) {
        switch (packets.read(in)) {
          case FromServer.PubAck(int packetId, int reason) ->
              window.answered(
                  packetId, reason >= 0x80 ? OptionalInt.of(reason) : OptionalInt.empty());
          case FromServer.Disconnect(int reason) ->
              throw new IOException("DISCONNECT with reason 0x%02X".formatted(reason));
          case FromServer.ConnAck ignored ->
              throw new IOException("a second CONNACK in one session");
          case FromServer.Other ignored -> {
            // A ping's answer: that something came is what counts.
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
