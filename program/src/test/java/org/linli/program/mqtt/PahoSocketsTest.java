package org.linli.program.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PahoSocketsTest {

  private final PahoSockets sockets = new PahoSockets(1_024, "a test");
  private final InetAddress here = InetAddress.getLoopbackAddress();

  @Test
  void sendsAtOnceHoweverTheSocketIsMade() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, here);
        Socket unconnected = sockets.createSocket();
        Socket byName = sockets.createSocket(here.getHostAddress(), server.getLocalPort());
        Socket byAddress = sockets.createSocket(here, server.getLocalPort());
        Socket byNameFrom =
            sockets.createSocket(here.getHostAddress(), server.getLocalPort(), here, 0);
        Socket byAddressFrom = sockets.createSocket(here, server.getLocalPort(), here, 0)) {
      for (Socket socket :
          new Socket[] {unconnected, byName, byAddress, byNameFrom, byAddressFrom}) {
        assertThat(socket.getTcpNoDelay()).isTrue();
      }
    }
  }

  @Test
  void tellsWhatTheOtherSideDidOnlyAfterSomethingWasWritten() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, here);
        Socket socket = sockets.createSocket(here, server.getLocalPort())) {
      try (Socket accepted = server.accept()) {
        accepted.getOutputStream().write("HTTP".getBytes(StandardCharsets.UTF_8));
      }
      InputStream in = socket.getInputStream();
      assertThat(in.available()).isZero();
      CompletableFuture<Integer> read = new CompletableFuture<>();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      read.complete(in.read());
                    } catch (IOException e) {
                      read.completeExceptionally(e);
                    }
                  });
      assertThat(reader.join(Duration.ofMillis(200))).isFalse();

      socket.getOutputStream().write(0x10);

      assertThat(read.join()).isEqualTo('H');
    }
  }

  @Test
  void closesWhatItMadeAndFreesWhoWaitsToRead() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, here)) {
      Socket socket = sockets.createSocket(here, server.getLocalPort());
      InputStream in = socket.getInputStream();

      sockets.close();

      assertThat(socket.isClosed()).isTrue();
      assertThat(sockets.createSocket().isClosed()).as("made too late").isTrue();
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
    }
  }
}
