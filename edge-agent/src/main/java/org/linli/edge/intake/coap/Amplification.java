package org.linli.edge.intake.coap;

import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.Request;

/**
 * Keeps what is told to three times the size of its request (RFC 7252 section 11.3): who sent a
 * datagram is not known, and may be somebody else's address. Lists are told in small blocks, which
 * are asked for one by one (RFC 7959).
 */
final class Amplification {

  private static final int MOST_TIMES = 3;
  private static final int HEADER = 4;

  /** Content format, Block2, Size2, Max-Age and the mark before the payload. */
  private static final int OPTIONS = 14;

  private static final int LARGEST_SZX = 6;

  /** Of a request that came in blocks, whose bytes are gone: more than it takes to be here. */
  private static final int UNKNOWN_SIZE = 64;

  private Amplification() {}

  /** Has what is told of this request come in blocks that are small enough. */
  static void inSmallBlocks(Request request) {
    int room = room(request);
    BlockOption asked = request.getOptions().getBlock2();
    int szx = asked == null ? LARGEST_SZX : asked.getSzx();
    while (szx > 0 && BlockOption.szx2Size(szx) > room) {
      szx--;
    }
    if (asked == null || asked.getSzx() > szx) {
      int number = asked == null ? 0 : asked.getOffset() / BlockOption.szx2Size(szx);
      request.getOptions().setBlock2(szx, false, number);
    }
  }

  private static int room(Request request) {
    int size = request.getBytes() == null ? UNKNOWN_SIZE : request.getBytes().length;
    int token = request.getToken() == null ? 0 : request.getToken().length();
    return MOST_TIMES * size - HEADER - token - OPTIONS;
  }
}
