package org.linli.sims.fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Alters the pieces of one connection. Both directions call it at once. */
public interface Tampering {

  /** Takes pieces as they come and passes them all on. */
  Tampering NONE =
      new Tampering() {
        private static final int MOST_BYTES = 16 * 1024;

        @Override
        public byte[] next(InputStream in) throws IOException {
          byte[] buffer = new byte[MOST_BYTES];
          int read = in.read(buffer);
          return read < 0 ? new byte[0] : Arrays.copyOf(buffer, read);
        }

        @Override
        public void pass(boolean towardsTarget, byte[] piece, Way onward, Way back)
            throws InterruptedException {
          onward.send(piece);
        }
      };

  /** One direction of the connection. */
  @FunctionalInterface
  interface Way {
    void send(byte[] piece) throws InterruptedException;
  }

  /**
   * The next piece.
   *
   * @return empty at the end of the stream
   * @throws IOException when the stream breaks
   */
  byte[] next(InputStream in) throws IOException;

  /**
   * Passes on this piece, or something else.
   *
   * @param towardsTarget whether the connecting side sent it
   * @param onward towards the receiver
   * @param back towards the sender
   */
  void pass(boolean towardsTarget, byte[] piece, Way onward, Way back) throws InterruptedException;
}
