package org.linli.sims.fault;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A UDP path on 127.0.0.1: each sender gets a port of its own towards the other side. For UDP, cut
 * and half-open are the same: datagrams are lost.
 */
public final class UdpProxy implements FaultProxy {

  private static final int MOST_BYTES = 65_535;

  /** How long a datagram to be reordered waits for the next one before it is sent alone. */
  private static final long HELD_MILLIS = 300;

  private final DatagramSocket socket;
  private final InetSocketAddress target;
  private final Passage passage = new Passage();
  private final Dice dice;
  private final Map<SocketAddress, Sender> senders = new ConcurrentHashMap<>();

  private UdpProxy(DatagramSocket socket, InetSocketAddress target, long seed) {
    this.socket = socket;
    this.target = target;
    this.dice = new Dice(seed);
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @param targetPort on 127.0.0.1; nothing needs to listen there
   * @throws IOException when the port is not available
   */
  public static UdpProxy start(int port, int targetPort, long seed) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    UdpProxy proxy =
        new UdpProxy(new DatagramSocket(port, here), new InetSocketAddress(here, targetPort), seed);
    Thread.ofVirtual().name("udp-" + proxy.port()).start(proxy::carry);
    return proxy;
  }

  @Override
  public int port() {
    return socket.getLocalPort();
  }

  @Override
  public void impair(Impairment impairment) {
    passage.impair(impairment);
  }

  @Override
  public void cut() {
    passage.cut();
  }

  @Override
  public void halfOpen() {
    passage.halfOpen();
  }

  @Override
  public void heal() {
    passage.heal();
  }

  @Override
  public void close() {
    socket.close();
    senders.values().forEach(sender -> sender.towards.close());
  }

  private void carry() {
    Direction there = new Direction();
    DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MOST_BYTES);
        socket.receive(packet);
        Sender sender = sender(packet.getSocketAddress());
        there.pass(copied(packet), sender::send);
      } catch (IOException e) {
        // A datagram that cannot be passed on is lost, as in UDP; a closed socket ends the loop.
        continue;
      }
    }
  }

  private Sender sender(SocketAddress from) throws IOException {
    Sender known = senders.get(from);
    if (known == null) {
      known = new Sender(from, new DatagramSocket(0, InetAddress.getLoopbackAddress()));
      senders.put(from, known);
      Thread.ofVirtual().name("udp-back-" + from).start(known::carryBack);
    }
    return known;
  }

  private static byte[] copied(DatagramPacket packet) {
    return Arrays.copyOfRange(
        packet.getData(), packet.getOffset(), packet.getOffset() + packet.getLength());
  }

  private final class Sender {
    private final SocketAddress address;
    private final DatagramSocket towards;

    private Sender(SocketAddress address, DatagramSocket towards) {
      this.address = address;
      this.towards = towards;
    }

    private void send(byte[] datagram) throws IOException {
      towards.send(new DatagramPacket(datagram, datagram.length, target));
    }

    private void carryBack() {
      Direction back = new Direction();
      DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
      while (!towards.isClosed()) {
        try {
          packet.setLength(MOST_BYTES);
          towards.receive(packet);
          back.pass(
              copied(packet),
              datagram -> socket.send(new DatagramPacket(datagram, datagram.length, address)));
        } catch (IOException e) {
          // As above.
          continue;
        }
      }
    }
  }

  @FunctionalInterface
  private interface Way {
    void send(byte[] datagram) throws IOException;
  }

  private record Held(byte[] datagram, Way way) {}

  /** One direction: the datagram held back, and when the path is free again. */
  private final class Direction {
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final AtomicLong free = new AtomicLong(System.nanoTime());

    private void pass(byte[] datagram, Way way) {
      Impairment impairment = passage.impairment();
      if (!passage.isOpen() || dice.happens(impairment.loss())) {
        return;
      }
      if (dice.happens(impairment.corrupt())) {
        dice.flipBit(datagram, 0);
      }
      if (dice.happens(impairment.reorder()) && held.compareAndSet(null, new Held(datagram, way))) {
        later(TimeUnit.MILLISECONDS.toNanos(HELD_MILLIS), this::release);
        return;
      }
      long nanos = dice.nanosOf(impairment) + queueing(impairment, datagram.length);
      later(nanos, () -> send(datagram, way));
      if (dice.happens(impairment.duplicate())) {
        later(nanos, () -> send(datagram, way));
      }
      later(nanos, this::release);
    }

    private long queueing(Impairment impairment, int bytes) {
      if (impairment.bytesPerSecond() == 0) {
        return 0;
      }
      long now = System.nanoTime();
      long takes = TimeUnit.SECONDS.toNanos(bytes) / impairment.bytesPerSecond();
      return free.updateAndGet(until -> (until - now > 0 ? until : now) + takes) - now;
    }

    private void release() {
      Held kept = held.getAndSet(null);
      if (kept != null) {
        send(kept.datagram(), kept.way());
      }
    }

    private void send(byte[] datagram, Way way) {
      try {
        way.send(datagram);
      } catch (IOException e) {
        // Lost, as in UDP.
      }
    }

    private void later(long nanos, Runnable what) {
      if (nanos <= 0) {
        what.run();
        return;
      }
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  TimeUnit.NANOSECONDS.sleep(nanos);
                  what.run();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }
}
