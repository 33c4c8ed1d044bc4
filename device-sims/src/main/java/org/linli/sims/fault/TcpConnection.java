package org.linli.sims.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link TcpProxy}: a reader and a writer for each direction. */
final class TcpConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;

  /** The most pieces under way in one direction; beyond that the sender is blocked. */
  private static final int MOST_UNDER_WAY = 64;

  private static final byte[] END = new byte[0];

  private final Socket near;
  private final Socket far = new Socket();
  private final Passage passage;
  private final Dice dice;
  private final Tampering tampering;

  TcpConnection(Socket near, Passage passage, Dice dice, Tampering tampering) {
    this.near = near;
    this.passage = passage;
    this.dice = dice;
    this.tampering = tampering;
  }

  /** Carries until both directions have ended. */
  void carry(InetSocketAddress target) throws InterruptedException {
    try {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.connect(target, CONNECT_MILLIS);
    } catch (IOException e) {
      // The target does not listen: the client finds its connection closed.
      return;
    }
    Queue there = new Queue(far);
    Queue back = new Queue(near);
    Thread first = Thread.ofVirtual().start(() -> read(near, true, there, back));
    Thread second = Thread.ofVirtual().start(() -> read(far, false, back, there));
    first.join();
    second.join();
    there.writer.join();
    back.writer.join();
  }

  /** Closes both sides at once, with a reset where the system supports it. */
  void reset() {
    for (Socket socket : new Socket[] {near, far}) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException e) {
        // Closed already.
      }
    }
    close();
  }

  @Override
  public void close() {
    for (Socket socket : new Socket[] {near, far}) {
      try {
        socket.close();
      } catch (IOException e) {
        // It carries nothing more in any case.
      }
    }
  }

  private void read(Socket from, boolean towardsTarget, Queue onward, Queue back) {
    try {
      for (byte[] piece = tampering.next(from.getInputStream());
          piece.length > 0;
          piece = tampering.next(from.getInputStream())) {
        passage.awaitCarrying();
        tampering.pass(towardsTarget, piece, onward::add, back::add);
      }
      passage.awaitCarrying();
      onward.add(END);
    } catch (IOException e) {
      end(onward);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** When one side breaks, breaks the other too, as soon as the path can carry that. */
  private void end(Queue onward) {
    try {
      passage.awaitCarrying();
      onward.add(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private record Piece(byte[] bytes, long dueNanos) {}

  /** The pieces under way in one direction. */
  private final class Queue {
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(MOST_UNDER_WAY);
    private final Socket to;
    private final Thread writer;

    private Queue(Socket to) {
      this.to = to;
      this.writer = Thread.ofVirtual().start(this::write);
    }

    private void add(byte[] bytes) throws InterruptedException {
      Impairment impairment = passage.impairment();
      long nanos = dice.nanosOf(impairment) + dice.nanosOfRetransmission(impairment.loss());
      Piece piece = new Piece(bytes, System.nanoTime() + nanos);
      while (!pieces.offer(piece, 1, TimeUnit.SECONDS)) {
        if (!writer.isAlive()) {
          return;
        }
      }
    }

    private void write() {
      try {
        OutputStream out = to.getOutputStream();
        while (true) {
          Piece piece = pieces.take();
          TimeUnit.NANOSECONDS.sleep(piece.dueNanos() - System.nanoTime());
          passage.awaitCarrying();
          if (piece.bytes().length == 0) {
            to.shutdownOutput();
            return;
          }
          Impairment impairment = passage.impairment();
          if (impairment.bytesPerSecond() > 0) {
            TimeUnit.NANOSECONDS.sleep(
                TimeUnit.SECONDS.toNanos(piece.bytes().length) / impairment.bytesPerSecond());
          }
          if (dice.happens(impairment.corrupt())) {
            dice.flipBit(piece.bytes(), 0);
          }
          out.write(piece.bytes());
        }
      } catch (IOException e) {
        close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
