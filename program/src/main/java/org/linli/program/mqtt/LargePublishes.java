package org.linli.program.mqtt;

import org.jspecify.annotations.Nullable;

/** Makes PUBLISH packets fit that are larger than what a client takes, as they come. */
public interface LargePublishes {

  /** The largest packet that is read at all, in bytes: announced as Maximum Packet Size. */
  long most();

  /**
   * Begins with a packet.
   *
   * @param first its first byte
   * @param rest how many bytes follow its length
   */
  Cut begin(byte first, int rest);

  /** One packet. */
  interface Cut {

    /** The next bytes after its length. */
    void take(byte[] chunk, int length);

    /** A whole packet in its place, after all its bytes came; null if it is refused. */
    byte @Nullable [] packet();
  }
}
