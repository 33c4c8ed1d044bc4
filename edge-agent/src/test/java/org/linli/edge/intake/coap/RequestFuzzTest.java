package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Looks for a datagram that the CoAP door cannot stand. The build runs it with {@code
 * JAZZER_FUZZ=1}; anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class RequestFuzzTest {

  private final RequestParser parser = new RequestParser(() -> {});

  @FuzzTest(maxDuration = "4s")
  void readsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    Message message;
    try {
      message = parser.parseMessage(bytes);
    } catch (MessageFormatException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
      return;
    }
    if (message instanceof Request request) {
      request.setBytes(bytes);
      assertThat(CoAP.isRequest(RequestParser.method(request))).isTrue();
      assertThat(request.getOptions().getUriPath()).doesNotContainNull();
      assertThat(request.getPayloadSize()).isLessThan(bytes.length);
    }
  }
}
