package org.linli.edge.intake.coap;

import java.nio.charset.StandardCharsets;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.CoAPOptionException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionNumberRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.serialization.MessageHeader;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link EventsDeliverer} answer requests that Californium by itself would reset:
 *
 * <ul>
 *   <li>an unsupported critical option, for 4.02 and a dead letter. A known option of the wrong
 *       length is treated as unsupported (RFC 7252 section 5.4.3): 4.02 if it is critical, ignored
 *       if it is elective;
 *   <li>an unknown method (codes 0.08 to 0.31), for 4.05 (RFC 7252 section 5.8).
 * </ul>
 */
final class RequestParser extends UdpDataParser {

  private static final int HEADER = 4;
  private static final int PAYLOAD_MARKER = 1;

  /** Beginning of what is said of an option; everything else breaks the format. */
  private static final String MALFORMED_OPTION = "option ";

  private final Runnable malformed;

  /**
   * @param malformed called for each datagram that is no message (RFC 7252 section 3)
   */
  RequestParser(Runnable malformed) {
    super(false, StandardOptionRegistry.getDefaultOptionRegistry());
    this.malformed = malformed;
  }

  /**
   * The method's code as received, even if {@link Code} has no name for it. The bytes of a
   * blockwise request are gone; for one, this is the code that was assigned to it.
   */
  static int method(Request request) {
    byte[] bytes = request.getBytes();
    return bytes == null ? request.getRawCode() : bytes[1] & 0xff;
  }

  /** Whether the code is none of the methods of RFC 7252 and RFC 8132. */
  static boolean isUnknown(int method) {
    return CoAP.isRequest(method) && method > Code.IPATCH.value;
  }

  /**
   * Treats other exceptions of the parser as message format errors too, such as for an empty
   * message with bytes after its id (RFC 7252 section 4.1).
   */
  @Override
  protected Message parseMessage(DatagramReader reader, MessageHeader header, Message target) {
    int size = HEADER + token(header) + reader.bitsLeft() / Byte.SIZE;
    try {
      return super.parseMessage(reader, header, target);
    } catch (CoAPMessageFormatException broken) {
      malformed.run();
      throw new CoAPMessageFormatException(
          said(broken, header, size),
          broken.getToken(),
          broken.getMid(),
          broken.getCode(),
          broken.isConfirmable(),
          codeOf(broken));
    } catch (MessageFormatException | IllegalStateException | IllegalArgumentException broken) {
      malformed.run();
      throw new MessageFormatException(said(broken, header, size));
    }
  }

  /**
   * The code of the answer; null for a message format error, which is rejected with a Reset (RFC
   * 7252 section 4.2).
   */
  private static @Nullable ResponseCode codeOf(CoAPMessageFormatException broken) {
    boolean isFormat =
        broken.getErrorCode() != ResponseCode.METHOD_NOT_ALLOWED
            && !String.valueOf(broken.getMessage()).startsWith(MALFORMED_OPTION);
    return isFormat ? null : broken.getErrorCode();
  }

  /** The answer's text; no layer limits its size here ({@link Amplification}). */
  private static String said(RuntimeException broken, MessageHeader header, int size) {
    byte[] text = String.valueOf(broken.getMessage()).getBytes(StandardCharsets.UTF_8);
    int room = Amplification.room(size, token(header), PAYLOAD_MARKER);
    return new String(Amplification.shortened(text, room), StandardCharsets.UTF_8);
  }

  private static int token(MessageHeader header) {
    return header.getToken() == null ? 0 : header.getToken().length();
  }

  /** Nothing here asks a device that sends, so what answers is no message for this door. */
  private void countIfItAnswers(int code) {
    if (code != 0 && !CoAP.isRequest(code)) {
      malformed.run();
    }
  }

  /** Maps an unknown method to the one name that Californium has for it; the bytes stay. */
  @Override
  protected MessageHeader parseHeader(DatagramReader reader) {
    MessageHeader header = header(reader);
    countIfItAnswers(header.getCode());
    return isUnknown(header.getCode())
        ? new MessageHeader(
            header.getVersion(),
            header.getType(),
            header.getToken(),
            Code.CUSTOM_30.value,
            header.getMID(),
            header.getBodyLength())
        : header;
  }

  private MessageHeader header(DatagramReader reader) {
    try {
      return super.parseHeader(reader);
    } catch (MessageFormatException | IllegalStateException | IllegalArgumentException broken) {
      malformed.run();
      throw broken;
    }
  }

  @Override
  public @Nullable Option createOption(int code, int number, byte[] value) {
    OptionDefinition known =
        StandardOptionRegistry.getDefaultOptionRegistry().getDefinitionByNumber(code, number);
    boolean critical = OptionNumberRegistry.isCritical(number);
    if (known == null) {
      return critical
          ? new OpaqueOptionDefinition(number, "unknown-" + number, false).create(value)
          : null;
    }
    try {
      return known.create(value);
    } catch (IllegalArgumentException broken) {
      if (critical) {
        throw new CoAPOptionException(
            MALFORMED_OPTION + known.getName() + " is malformed: " + broken.getMessage(),
            ResponseCode.BAD_OPTION);
      }
      return null;
    }
  }
}
