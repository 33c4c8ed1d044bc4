package org.linli.event;

/**
 * The wire form of a batch: a Protocol Buffers message in one zstd frame, laid out in columns.
 * docs/protocol.md describes it for other languages.
 */
public final class BatchCodec {

  /** The most bytes a batch may unpack to; more is refused before it is unpacked. */
  public static final int MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

  private BatchCodec() {}

  public static byte[] encode(Batch batch) {
    throw new UnsupportedOperationException();
  }

  /** Never throws: what is not a batch comes back as {@link Decoded.Refused}. */
  public static Decoded decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** What came of reading bytes. */
  public sealed interface Decoded {

    record Read(Batch batch) implements Decoded {}

    /** Not a batch: {@code detail} is a sentence that says where and why. */
    record Refused(Reason reason, String detail) implements Decoded {}
  }

  /** Why bytes are not a batch: a closed list. */
  public enum Reason {
    NOT_ZSTD,
    TOO_LARGE,
    NOT_PROTOBUF,
    NEWER_VERSION,
    INCONSISTENT
  }
}
