package org.linli.hub.access.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.linli.hub.RunningHub;

/** Somebody who sends what he wants, byte for byte. */
final class SlowClient implements AutoCloseable {

  private final Socket socket;

  private SlowClient(Socket socket) {
    this.socket = socket;
  }

  static SlowClient of(RunningHub hub) throws IOException {
    Socket socket = new Socket("127.0.0.1", Integer.parseInt(hub.port()));
    socket.setSoTimeout(20_000);
    return new SlowClient(socket);
  }

  SlowClient sends(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A form of which all but the first byte is still to come. */
  SlowClient beginsAForm(int length) throws IOException {
    return sends(
        "POST /sign-in HTTP/1.1\r\nHost: hub\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + length
            + "\r\n\r\na");
  }

  /** What comes until the connection ends. */
  String reads() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
