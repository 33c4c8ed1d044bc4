package org.linli.edge.outbox.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Non-negative integers in as few bytes as they need, seven bits in each, the lowest first. */
final class Varints {

  private Varints() {}

  static void write(ByteArrayOutputStream out, long number) {
    long rest = number;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /**
   * @throws java.nio.BufferUnderflowException if the bytes end within a number
   */
  static long read(ByteBuffer in) {
    long number = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      number |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return number;
  }
}
