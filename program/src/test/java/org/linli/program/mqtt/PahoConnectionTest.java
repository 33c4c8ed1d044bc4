package org.linli.program.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linli.program.mqtt.PahoConnection.Acknowledgement;

class PahoConnectionTest {

  /** Of this test only, because the client's threads are named after it. */
  private static final String CLIENT = "paho-connection-test";

  private static final byte[] WELCOME = {0x20, 3, 0, 0, 0};
  private static final byte[] FIRST = {0x32, 8, 0, 3, 'a', '/', 'b', 0, 1, 0};
  private static final byte[] SECOND = {0x32, 8, 0, 3, 'a', '/', 'b', 0, 2, 0};
  private static final int PUBACK = 0x40;
  private static final int DISCONNECT = 0xe0;
  private static final int LARGEST = 2 << 20;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Heard heard = new Heard();
  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private PahoConnection connect(Scripted server, Acknowledgement acknowledgement)
      throws MqttException {
    MqttConnectionOptions session = new MqttConnectionOptions();
    session.setKeepAliveInterval(60);
    PahoConnection connection =
        new PahoConnection(
            new MqttAccount(server.uri(), CLIENT, null, null),
            session,
            new PahoSockets(LARGEST, "a test"),
            acknowledgement,
            heard);
    opened.add(connection);
    return connection;
  }

  private void connectAndHear(byte[] packet) throws Exception {
    Scripted server = server(WELCOME);
    PahoConnection _ = connect(server, Acknowledgement.BY_HAND);
    server.say(packet);
  }

  private Scripted server(byte[]... packets) throws IOException {
    Scripted server = new Scripted(true, packets);
    opened.add(server);
    return server;
  }

  /** The packet id that a PUBACK is about. */
  private static int acknowledged(int[] packet) {
    assertThat(packet).startsWith(PUBACK);
    return packet[2] << 8 | packet[3];
  }

  private static void awaitNoThreadOfItsClient() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("MQTT ") && name.endsWith(CLIENT)));
  }

  @Test
  void saysWhatTheServerGrants() throws Exception {
    byte[] oneMinuteThreeAtOnce = {0x20, 11, 1, 0, 8, 0x11, 0, 0, 0, 60, 0x21, 0, 3};

    PahoConnection granted = connect(server(oneMinuteThreeAtOnce), Acknowledgement.BY_HAND);
    PahoConnection asAsked = connect(server(WELCOME), Acknowledgement.BY_HAND);

    assertThat(granted.sessionPresent()).isTrue();
    assertThat(granted.grantedExpiry()).isEqualTo(Duration.ofMinutes(1));
    assertThat(granted.receiveMaximum()).isEqualTo(3);
    assertThat(asAsked.sessionPresent()).isFalse();
    assertThat(asAsked.grantedExpiry()).isNull();
    assertThat(asAsked.receiveMaximum()).isEqualTo(65_535);
  }

  @Test
  void leavesNothingOfAnAttemptThatIsRefused() throws Exception {
    byte[] notAuthorized = {0x20, 3, 0, (byte) 0x87, 0};
    Scripted server = server(notAuthorized);

    assertThatThrownBy(() -> connect(server, Acknowledgement.BY_HAND))
        .isInstanceOfSatisfying(
            MqttException.class,
            e ->
                assertThat(e.getReasonCode()).isEqualTo(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED));

    awaitNoThreadOfItsClient();
  }

  @Test
  void acknowledgesNothingByItselfIfItsOwnerDoes() throws Exception {
    Scripted server = server(WELCOME, FIRST, SECOND);
    PahoConnection connection = connect(server, Acknowledgement.BY_HAND);

    MqttMessage first = heard.next();
    MqttMessage second = heard.next();
    connection.acknowledge(second.getId(), second.getQos());
    connection.acknowledge(first.getId(), first.getQos());

    assertThat(acknowledged(server.next())).isEqualTo(2);
    assertThat(acknowledged(server.next())).isEqualTo(1);
  }

  @Test
  void acknowledgesByItselfWhatItsListenerTook() throws Exception {
    Scripted server = server(WELCOME, FIRST);

    PahoConnection _ = connect(server, Acknowledgement.BY_CLIENT);

    assertThat(acknowledged(server.next())).isEqualTo(1);
    assertThat(heard.next().getId()).isEqualTo(1);
  }

  @Test
  void isOfNoMoreUseOnceItsListenerFailed() throws Exception {
    heard.fails = true;
    Scripted server = server(WELCOME, FIRST, SECOND);
    PahoConnection connection = connect(server, Acknowledgement.BY_HAND);

    assertThat(heard.why())
        .isEqualTo("what it said could not be taken: java.lang.IllegalStateException: a defect");
    connection.close();

    awaitNoThreadOfItsClient();
    assertThat(server.next()).as("nothing was acknowledged").startsWith(DISCONNECT);
    assertThat(heard.arrivals).as("nothing is taken before what failed").isEqualTo(1);
  }

  @Test
  void saysWithWhichReasonTheServerClosedIt() throws Exception {
    byte[] shuttingDown = {(byte) DISCONNECT, 2, (byte) 0x8b, 0};

    connectAndHear(shuttingDown);

    assertThat(heard.why()).isEqualTo("it closed the connection with reason code 0x8B");
  }

  @Test
  void saysThatAnotherTookOver() throws Exception {
    byte[] takenOver = {(byte) DISCONNECT, 2, (byte) 0x8e, 0};

    connectAndHear(takenOver);

    assertThat(heard.why()).isEqualTo("it closed the connection with reason code 0x8E");
  }

  @Test
  void saysWhichPacketItRefused() throws Exception {
    connectAndHear(StrangeBroker.HUGE_PUBLISH);

    assertThat(heard.why())
        .isEqualTo("it sent a PUBLISH of 268435460 bytes; 2097152 are taken at most (a test)");
  }

  @Test
  void saysWhyNobodyAnswers() throws Exception {
    Scripted server = server(WELCOME);
    server.close();

    assertThatThrownBy(() -> connect(server, Acknowledgement.BY_HAND))
        .isInstanceOfSatisfying(
            MqttException.class,
            e ->
                assertThat(PahoConnection.why(e))
                    .contains("Unable to connect to server")
                    .contains("Connection refused"));
  }

  @Test
  void closesInTimeAlthoughTheServerTakesNothingAnyMore() throws Exception {
    Scripted frozen = new Scripted(false, WELCOME);
    opened.add(frozen);
    PahoConnection connection = connect(frozen, Acknowledgement.BY_HAND);
    byte[] large = new byte[1 << 20];
    for (int i = 0; i < 16; i++) {
      connection.publish("a/b", new MqttMessage(large, 1, false, null), null);
    }
    long began = System.nanoTime();

    connection.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    awaitNoThreadOfItsClient();
  }

  @Test
  void keepsThePasswordToItself() {
    MqttAccount account =
        new MqttAccount(URI.create("mqtt://127.0.0.1:1883"), "linli-1", "user", "secret");

    assertThat(account).hasToString("linli-1 at mqtt://127.0.0.1:1883");
  }

  private static final class Heard implements PahoConnection.Callback {

    private final BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    private volatile boolean fails;
    private volatile int arrivals;

    @Override
    public void arrived(String topic, MqttMessage message) {
      arrivals = arrivals + 1;
      if (fails) {
        throw new IllegalStateException("a defect");
      }
      messages.add(message);
    }

    @Override
    public void lost(String why) {
      lost.add(why);
    }

    private MqttMessage next() throws InterruptedException {
      MqttMessage next = messages.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no message came");
      }
      return next;
    }

    private String why() throws InterruptedException {
      return String.valueOf(lost.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }
  }

  /** A fake MQTT 5 server, as no real one does what it is told: it answers CONNECT with packets. */
  private static final class Scripted implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final boolean reads;
    private final byte[] answer;

    /**
     * @param reads whether it reads on after CONNECT
     */
    Scripted(boolean reads, byte[]... answer) throws IOException {
      this.reads = reads;
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] packet : answer) {
        all.writeBytes(packet);
      }
      this.answer = all.toByteArray();
      Thread.ofPlatform().daemon().name("scripted-server").start(this::serve);
    }

    URI uri() {
      return URI.create("mqtt://127.0.0.1:" + listening.getLocalPort());
    }

    /** The next packet after CONNECT. */
    int[] next() throws InterruptedException {
      byte[] packet = packets.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (packet == null) {
        throw new AssertionError("nothing came from the client");
      }
      int[] unsigned = new int[packet.length];
      for (int i = 0; i < packet.length; i++) {
        unsigned[i] = packet[i] & 0xff;
      }
      return unsigned;
    }

    /** Sends the client a packet. */
    void say(byte[] packet) throws IOException {
      accepted.getFirst().getOutputStream().write(packet);
    }

    private void serve() {
      try {
        Socket socket = listening.accept();
        accepted.add(socket);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] _ = packet(in);
        socket.getOutputStream().write(answer);
        while (reads) {
          packets.add(packet(in));
        }
      } catch (IOException gone) {
        // The test looks at what came until then.
      }
    }

    /** A whole packet of at most 127 bytes. */
    private static byte[] packet(DataInputStream in) throws IOException {
      int type = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      byte[] packet = new byte[2 + length];
      packet[0] = (byte) type;
      packet[1] = (byte) length;
      in.readFully(packet, 2, length);
      return packet;
    }

    @Override
    public void close() throws IOException {
      listening.close();
      for (Socket socket : accepted) {
        socket.close();
      }
    }
  }
}
