package org.linli.sims.fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What is done to the pieces of one connection. For use by its two directions at once. */
public interface Tampering {

  /** Takes pieces as they come and passes all on. */
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

  /** A direction of the connection. */
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
   * Passes a piece on, or something else.
   *
   * @param towardsTarget whether it comes from who connected
   * @param onward where it was going
   * @param back to who sent it
   */
  void pass(boolean towardsTarget, byte[] piece, Way onward, Way back) throws InterruptedException;
}
