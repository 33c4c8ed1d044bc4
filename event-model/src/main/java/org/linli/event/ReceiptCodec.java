package org.linli.event;

/** The wire form of a receipt: one small Protocol Buffers message, not compressed. */
public final class ReceiptCodec {

  private ReceiptCodec() {}

  public static byte[] encode(Receipt receipt) {
    throw new UnsupportedOperationException();
  }

  /** Never throws: what is not a receipt comes back as {@link Decoded.Refused}. */
  public static Decoded decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** What came of reading bytes. */
  public sealed interface Decoded {

    record Read(Receipt receipt) implements Decoded {}

    /** Not a receipt: {@code detail} says why. */
    record Refused(String detail) implements Decoded {}
  }
}
