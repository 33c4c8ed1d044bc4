package org.linli.program.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes that an MQTT server sends, with other packets in place of each PUBLISH that is too
 * large ({@link LargePublishes}). It tracks where packets begin (MQTT 5.0 section 2.1), and a
 * header is handed out once it is whole. Nothing is checked here. For one thread.
 */
final class CutPackets extends InputStream {

  private static final int PUBLISH = 3;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int BITS_OF_A_LENGTH_BYTE = 7;
  private static final int MORE = 0x80;
  private static final int CHUNK = 8 << 10;

  private final InputStream in;
  private final long largest;
  private final LargePublishes large;
  private final byte[] header = new byte[1 + MOST_LENGTH_BYTES];

  /** A header, or a packet that was made to fit. */
  private byte[] ready = {};

  private int readyAt;

  /** Bytes left of a body that is handed out as it comes. */
  private int left;

  /**
   * @param largest the largest whole packet that is handed out as it is, in bytes
   */
  CutPackets(InputStream in, long largest, LargePublishes large) {
    this.in = in;
    this.largest = largest;
    this.large = large;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    if (readyAt == ready.length && left == 0 && !readHeader()) {
      return -1;
    }
    if (readyAt < ready.length) {
      int count = Math.min(most, ready.length - readyAt);
      System.arraycopy(ready, readyAt, into, from, count);
      readyAt += count;
      return count;
    }
    int count = in.read(into, from, Math.min(most, left));
    left -= Math.max(0, count);
    return count;
  }

  /** False at the end of the connection. */
  private boolean readHeader() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    header[0] = (byte) first;
    int size = 1;
    int rest = 0;
    int next = MORE;
    while (next >= MORE && size <= MOST_LENGTH_BYTES) {
      next = in.read();
      if (next < 0) {
        break;
      }
      rest |= (next & ~MORE) << BITS_OF_A_LENGTH_BYTE * (size - 1);
      header[size] = (byte) next;
      size++;
    }
    boolean isWhole = next >= 0 && next < MORE;
    long whole = (long) size + rest;
    if (isWhole && first >> 4 == PUBLISH && whole > largest && whole <= large.most()) {
      cut(large.begin(header[0], rest), rest);
    } else {
      ready = Arrays.copyOf(header, size);
      readyAt = 0;
      left = isWhole ? rest : 0;
    }
    return true;
  }

  private void cut(LargePublishes.Cut packet, int rest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int toCome = rest;
    while (toCome > 0) {
      int count = in.read(chunk, 0, Math.min(CHUNK, toCome));
      if (count < 0) {
        throw new EOFException("the connection ended within a packet");
      }
      packet.take(chunk, count);
      toCome -= count;
    }
    byte[] fits = packet.packet();
    if (fits == null) {
      throw new PacketRefusedException("it sent a PUBLISH whose topic is too long");
    }
    ready = fits;
    readyAt = 0;
  }

  @Override
  public int available() throws IOException {
    return ready.length - readyAt + in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
