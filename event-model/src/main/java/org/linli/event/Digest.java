package org.linli.event;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Sixteen bytes that stand for a lane's whole history up to a sequence: each link is the first half
 * of SHA-256 over the link before it and what was added. Two histories that differ anywhere have
 * different digests.
 *
 * @throws IllegalArgumentException from the constructor when it is not {@value #LENGTH} bytes
 */
public record Digest(byte[] bytes) {

  public static final int LENGTH = 16;

  /** The digest before sequence 1 of every epoch. */
  public static final Digest NONE = new Digest(new byte[LENGTH]);

  public Digest {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a digest has " + LENGTH + " bytes, this one has " + bytes.length);
    }
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
