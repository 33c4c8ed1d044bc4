package org.linli.event.codec;

import org.linli.event.Digest;
import org.linli.event.GatewayRegistry;
import org.linli.event.RegistryContent;

/**
 * The wire form of the registry that the hub sends on {@code down}: a Protocol Buffers message in
 * one zstd frame. docs/protocol.md describes it for other languages.
 */
public final class GatewayRegistryCodec {

  /** The most bytes of a frame; a longer one is refused unread. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  /** The most bytes that a frame may unpack to; more is refused before it is unpacked. */
  public static final int MAX_UNPACKED_BYTES = 8 * 1024 * 1024;

  private static final String WHAT = "the registry";

  private GatewayRegistryCodec() {}

  /**
   * @throws IllegalArgumentException when the registry is larger than a gateway accepts
   */
  public static byte[] encode(GatewayRegistry registry) {
    byte[] message = RegistryMessage.write(registry);
    byte[] frame = ZstdFrame.pack(message);
    if (message.length > MAX_UNPACKED_BYTES || frame.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the registry of %s has %d bytes, compressed %d; at most %d and %d are allowed"
              .formatted(
                  registry.gateway(), message.length, frame.length, MAX_UNPACKED_BYTES, MAX_BYTES));
    }
    return frame;
  }

  /** Never throws: bytes that are not a registry give {@link Decoded.Refused}. */
  public static Decoded decode(byte[] bytes) {
    try {
      return new Decoded.Read(
          RegistryMessage.read(ZstdFrame.unpack(WHAT, bytes, MAX_BYTES, MAX_UNPACKED_BYTES)));
    } catch (MalformedException malformed) {
      return new Decoded.Refused(malformed.sentence());
    } catch (IllegalArgumentException broken) {
      return new Decoded.Refused("the registry contradicts itself: " + broken.getMessage());
    }
  }

  /** The digest of what a registry says about a gateway: equal digests, equal content. */
  public static Digest digest(RegistryContent content) {
    return RegistryMessage.digest(RegistryMessage.write(content).toByteArray());
  }

  /** The result of decoding. */
  public sealed interface Decoded {

    record Read(GatewayRegistry registry) implements Decoded {}

    /** Not a registry: {@code detail} is a sentence that says where and why. */
    record Refused(String detail) implements Decoded {}
  }
}
