package org.linli.program.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets in where the places are taken, and who has to go, on real sockets. */
class OpenConnectionsTest {

  private final AtomicLong nanos = new AtomicLong(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ServerSocketChannel server;

  OpenConnectionsTest() throws IOException {
    server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    open.add(server);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private SocketChannel arrives(String from) throws IOException {
    SocketChannel client = SocketChannel.open();
    client.bind(new InetSocketAddress(from, 0));
    client.connect(server.getLocalAddress());
    SocketChannel accepted = server.accept();
    open.add(client);
    open.add(accepted);
    return accepted;
  }

  private OpenConnections connections(int most) {
    return new OpenConnections(
        "test",
        most,
        new Deadlines(
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            Duration.ofSeconds(5)),
        nanos::get);
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static boolean isEnded(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    return channel.read(ByteBuffer.allocate(1)) == -1;
  }

  private record Request(long beganAt, boolean isStillComing) implements OpenConnection.Work {}

  private static OpenConnection of(OpenConnections connections, SocketChannel channel) {
    return java.util.Objects.requireNonNull(connections.of(channel));
  }

  @Test
  void closesTheOneThatWaitedLongestForANewcomer() throws IOException {
    OpenConnections connections = connections(4);
    SocketChannel first = arrives("127.0.0.1");
    connections.admit(first);
    passes(Duration.ofMillis(1));
    SocketChannel second = arrives("127.0.0.1");
    connections.admit(second);
    passes(Duration.ofMillis(1));

    assertThat(connections.admit(arrives("127.0.0.1"))).isTrue();

    assertThat(isEnded(first)).isTrue();
    assertThat(isEnded(second)).isFalse();
  }

  @Test
  void leavesOthersAloneForAnAddressThatHasItsHalf() throws IOException {
    OpenConnections connections = connections(4);
    SocketChannel other = arrives("127.0.0.2");
    connections.admit(other);
    passes(Duration.ofSeconds(1));
    SocketChannel own = arrives("127.0.0.1");
    connections.admit(own);
    passes(Duration.ofSeconds(1));
    connections.admit(arrives("127.0.0.1"));
    connections.admit(arrives("127.0.0.1"));

    assertThat(isEnded(other)).isFalse();
    assertThat(isEnded(own)).isTrue();
  }

  @Test
  void takesAPlaceFromTheAddressThatHasMost() throws IOException {
    OpenConnections connections = connections(4);
    SocketChannel alone = arrives("127.0.0.3");
    connections.admit(alone);
    SocketChannel ofMany = arrives("127.0.0.1");
    connections.admit(ofMany);
    passes(Duration.ofSeconds(1));
    connections.admit(arrives("127.0.0.1"));
    connections.admit(arrives("127.0.0.2"));

    assertThat(connections.admit(arrives("127.0.0.4"))).isTrue();

    assertThat(isEnded(alone)).isFalse();
    assertThat(isEnded(ofMany)).isTrue();
  }

  @Test
  void refusesANewcomerWhileAllAreAtWork() throws IOException {
    OpenConnections connections = connections(2);
    SocketChannel busy = arrives("127.0.0.1");
    connections.admit(busy);

    boolean admitted =
        of(connections, busy)
            .work(new Request(nanos.get(), false), () -> connections.admit(arrives("127.0.0.1")));

    assertThat(admitted).isFalse();
    assertThat(isEnded(busy)).isFalse();
  }

  @Test
  void endsAHeadThatDoesNotCome() throws IOException {
    OpenConnections connections = connections(4);
    SocketChannel silent = arrives("127.0.0.1");
    connections.admit(silent);
    passes(Duration.ofSeconds(29));
    connections.closeTheLate();
    assertThat(isEnded(silent)).isFalse();

    passes(Duration.ofSeconds(2));
    connections.closeTheLate();

    assertThat(isEnded(silent)).isTrue();
  }

  @Test
  void endsABodyThatDoesNotComeAndAnAnswerThatIsNotTaken() throws IOException {
    OpenConnections connections = connections(4);
    SocketChannel slow = arrives("127.0.0.1");
    SocketChannel reading = arrives("127.0.0.2");
    connections.admit(slow);
    connections.admit(reading);
    long began = nanos.get();
    boolean bothAreLate =
        of(connections, slow)
            .work(
                new Request(began, true),
                () ->
                    of(connections, reading)
                        .work(
                            new Request(began, false),
                            () -> {
                              passes(Duration.ofSeconds(16));
                              connections.closeTheLate();
                              boolean first = isEnded(slow) && !isEnded(reading);
                              passes(Duration.ofMinutes(2));
                              connections.closeTheLate();
                              return first && isEnded(reading);
                            }));

    assertThat(bothAreLate).isTrue();
  }

  @Test
  void letsAnAnswerLastWhosePiecesAreTaken() throws IOException {
    OpenConnections connections = connections(4);
    SocketChannel listener = arrives("127.0.0.1");
    connections.admit(listener);
    OpenConnection connection = of(connections, listener);

    connection.work(
        new Request(nanos.get(), false),
        () -> {
          connection.write(Duration.ofSeconds(10), () -> passes(Duration.ofSeconds(9)));
          passes(Duration.ofHours(1));
          connections.closeTheLate();
          assertThat(isEnded(listener)).isFalse();
          connection.write(
              Duration.ofSeconds(10),
              () -> {
                passes(Duration.ofSeconds(11));
                connections.closeTheLate();
              });
          return null;
        });

    assertThat(isEnded(listener)).isTrue();
  }

  @Test
  void takesHalfAnIpv6AddressForOneVisitor() throws IOException {
    assertThat(OpenConnection.networkOf(InetAddress.getByName("2001:db8:1:2:3:4:5:6")))
        .isEqualTo(OpenConnection.networkOf(InetAddress.getByName("2001:db8:1:2::1")))
        .isNotEqualTo(OpenConnection.networkOf(InetAddress.getByName("2001:db8:1:3::1")));
    assertThat(OpenConnection.networkOf(InetAddress.getByName("192.0.2.7"))).isEqualTo("192.0.2.7");
  }
}
