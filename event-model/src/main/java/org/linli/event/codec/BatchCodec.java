package org.linli.event.codec;

import com.github.luben.zstd.ZstdException;
import org.linli.event.Batch;

/**
 * The wire form of a batch: a Protocol Buffers message in one zstd frame (RFC 8878), laid out in
 * columns. docs/protocol.md describes it for other languages.
 */
public final class BatchCodec {

  /** The most bytes a batch may unpack to; more is refused before it is unpacked. */
  public static final int MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

  private BatchCodec() {}

  /**
   * @throws IllegalArgumentException when the batch is larger than {@link #MAX_UNPACKED_BYTES}
   *     before it is compressed
   */
  public static byte[] encode(Batch batch) {
    byte[] message = BatchMessage.write(batch);
    if (message.length > MAX_UNPACKED_BYTES) {
      throw new IllegalArgumentException(
          "a batch has %d bytes before compression, at most %d are allowed"
              .formatted(message.length, MAX_UNPACKED_BYTES));
    }
    return ZstdFrame.pack(message);
  }

  /**
   * The number of bytes that the frame says it unpacks to, at most {@link #MAX_UNPACKED_BYTES}; 0
   * when {@link #decode} would unpack nothing. Unpacks nothing itself.
   */
  public static long unpackedBytes(byte[] bytes) {
    try {
      long size = ZstdFrame.contentSize(bytes);
      return size < 0 || size > MAX_UNPACKED_BYTES ? 0 : size;
    } catch (ZstdException damaged) {
      return 0;
    }
  }

  /** Never throws: bytes that are not a batch give {@link Decoded.Refused}. */
  public static Decoded decode(byte[] bytes) {
    byte[] message;
    try {
      long size = ZstdFrame.contentSize(bytes);
      if (size < 0) {
        return new Decoded.Refused(
            Reason.NOT_ZSTD,
            "these bytes are not one whole zstd frame that states its content size");
      }
      if (size > MAX_UNPACKED_BYTES) {
        return new Decoded.Refused(
            Reason.TOO_LARGE,
            "the batch unpacks to %d bytes, at most %d are allowed"
                .formatted(size, MAX_UNPACKED_BYTES));
      }
      message = ZstdFrame.unpack(bytes, (int) size);
    } catch (ZstdException damaged) {
      return new Decoded.Refused(
          Reason.NOT_ZSTD, "the zstd frame is damaged: " + damaged.getMessage());
    }
    return BatchMessage.read(message);
  }

  /** The result of decoding. */
  public sealed interface Decoded {

    record Read(Batch batch) implements Decoded {}

    /** Not a batch: {@code detail} is a sentence that says where and why. */
    record Refused(Reason reason, String detail) implements Decoded {}
  }

  /** Why bytes are not a batch: a closed list. */
  public enum Reason {
    /** Not one whole, undamaged zstd frame that states its content size. */
    NOT_ZSTD,
    /** It would unpack to more than {@link #MAX_UNPACKED_BYTES}. */
    TOO_LARGE,
    /** The content is not a Protocol Buffers message that starts with a version. */
    NOT_PROTOBUF,
    /** A newer gateway wrote it: the hub must be updated first. */
    NEWER_VERSION,
    /** A field is missing, out of range or contradicts another. */
    INCONSISTENT
  }
}
