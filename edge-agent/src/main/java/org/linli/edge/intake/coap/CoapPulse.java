package org.linli.edge.intake.coap;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;

/**
 * Checks that the door is alive by a CoAP ping: an empty Confirmable message, which is answered
 * with a Reset (RFC 7252 section 4.3). It also reports no sign of life while a reading thread
 * hangs.
 */
final class CoapPulse implements AutoCloseable {

  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_READING = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int TRIES = 5;
  private static final int EMPTY_CONFIRMABLE = 0x40;
  private static final int RESET = 0x70;
  private static final int LENGTH = 4;

  private final InetSocketAddress where;
  private final Readers readers;
  private final Runnable alsoDone;
  private final Heartbeat heartbeat;
  private final LivingThread asking;
  private final Random random = new Random();

  /**
   * @param alsoDone what is to be done now and then
   */
  CoapPulse(InetSocketAddress where, Readers readers, Runnable alsoDone, LivingThreads threads) {
    this.alsoDone = alsoDone;
    this.where = where;
    this.readers = readers;
    this.heartbeat = threads.heartbeat("coap-door", LONGEST_SILENCE);
    this.asking = threads.tick(LivingThreads.Make.VIRTUAL, "coap-pulse", ASK, this::ask);
  }

  private void ask() {
    alsoDone.run();
    if (!readers.isOneBusyFor(LONGEST_READING) && answers()) {
      heartbeat.beat();
    }
  }

  private boolean answers() {
    byte[] question = new byte[LENGTH];
    random.nextBytes(question);
    question[0] = EMPTY_CONFIRMABLE;
    question[1] = 0;
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(where);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      for (int i = 0; i < TRIES; i++) {
        socket.send(new DatagramPacket(question, question.length));
        if (isAnswered(socket, question)) {
          return true;
        }
      }
    } catch (IOException noSocket) {
      return false;
    }
    return false;
  }

  private static boolean isAnswered(DatagramSocket socket, byte[] question) throws IOException {
    byte[] answer = new byte[LENGTH];
    try {
      socket.receive(new DatagramPacket(answer, answer.length));
    } catch (SocketTimeoutException | SocketException silent) {
      return false;
    }
    return answer[0] == RESET && answer[2] == question[2] && answer[3] == question[3];
  }

  @Override
  public void close() {
    asking.end();
    asking.join();
    heartbeat.close();
  }
}
