package org.linli.edge.intake.coap;

import java.util.Arrays;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;

/**
 * Limits every answer to three times the size of its request (RFC 7252 section 11.3), because a
 * datagram's source address may be forged. Lists are sent in small blocks, which the client
 * requests one by one (RFC 7959), and the text of a refusal is cut. This is the lowest layer, so
 * that it sees the answers of all others.
 */
final class Amplification extends AbstractLayer {

  private static final int MOST_TIMES = 3;
  private static final int HEADER = 4;
  private static final int PAYLOAD_MARKER = 1;

  /** Content format, Block2, Size2, Max-Age and the mark before the payload. */
  private static final int OPTIONS_OF_A_LIST = 14;

  /** Bytes before the value of each option that an answer has. */
  private static final int OPTION_HEADER = 2;

  private static final int LARGEST_SZX = 6;

  /** Assumed size of a blockwise request, whose bytes are gone. */
  private static final int UNKNOWN_SIZE = 64;

  @Override
  public void sendResponse(Exchange exchange, Response response) {
    shorten(response, exchange.getCurrentRequest());
    super.sendResponse(exchange, response);
  }

  /** Has the answer to this request sent in blocks that are small enough. */
  static void inSmallBlocks(Request request) {
    int room = room(request, OPTIONS_OF_A_LIST);
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

  private static void shorten(Response response, Request request) {
    byte[] text = response.getPayload();
    if (text != null && response.isError()) {
      int options =
          response.getOptions().asSortedList().stream().mapToInt(Amplification::size).sum();
      response.setPayload(shortened(text, room(request, options + PAYLOAD_MARKER)));
    }
  }

  /**
   * Cuts a text.
   *
   * @param text in UTF-8
   * @param most most bytes of the result
   */
  static byte[] shortened(byte[] text, int most) {
    if (text.length <= most) {
      return text;
    }
    int end = Math.max(0, most);
    while (end > 0 && (text[end] & 0xc0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(text, end);
  }

  private static int size(Option option) {
    return OPTION_HEADER + option.getLength();
  }

  private static int room(Request request, int options) {
    int size = request.getBytes() == null ? UNKNOWN_SIZE : request.getBytes().length;
    int token = request.getToken() == null ? 0 : request.getToken().length();
    return room(size, token, options);
  }

  /** How many bytes of text an answer may have. */
  static int room(int size, int token, int options) {
    return MOST_TIMES * size - HEADER - token - options;
  }
}
