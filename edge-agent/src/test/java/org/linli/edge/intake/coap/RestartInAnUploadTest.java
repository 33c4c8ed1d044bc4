package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.edge.intake.coap.RawCoap.Option;

/** Nothing is made of half an upload, and the whole one that is sent again is one event. */
class RestartInAnUploadTest {

  private static final int BLOCK = 64;
  private static final int BLOCKS = 3;
  private static final String BODY = body();

  @TempDir Path data;

  private static String body() {
    String beginning = "{\"type\":\"door.forced\",\"id\":\"f-1\"";
    return beginning + " ".repeat(BLOCKS * BLOCK - 1 - beginning.length()) + "}";
  }

  private static Answer send(RawCoap device, int id, int number) throws IOException {
    boolean more = number < BLOCKS - 1;
    return device.exchange(
        RawCoap.post(
            RawCoap.CON,
            id,
            "cc",
            "/linli/access/coap-door",
            BODY.substring(number * BLOCK, (number + 1) * BLOCK),
            Option.number(RawCoap.CONTENT_FORMAT, 50),
            Option.number(RawCoap.BLOCK1, number << 4 | (more ? 8 : 0) | 2)));
  }

  private static Socket post(RunningGateway gateway, String sent) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.http("/").getPort());
    socket
        .getOutputStream()
        .write(
            ("POST /linli/access/http-door HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: "
                    + BODY.length()
                    + "\r\n\r\n"
                    + sent)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void takesTheWholeUploadOnceAfterIt() throws IOException {
    RunningGateway gateway = RunningGateway.start(data);
    try (RawCoap coap = new RawCoap(gateway);
        Socket http = post(gateway, BODY.substring(0, BLOCK))) {
      assertThat(send(coap, 1, 0).code()).isEqualTo("2.31");
      assertThat(send(coap, 2, 1).code()).isEqualTo("2.31");
      gateway.close();
      assertThat(http.isConnected()).isTrue();
    }
    try (RunningGateway again = RunningGateway.start(data);
        RawCoap coap = new RawCoap(again)) {
      assertThat(send(coap, 3, 2).code()).as("the last block alone").isEqualTo("4.08");
      assertThat(again.kept("coap-door")).isEmpty();
      assertThat(again.kept("http-door")).isEmpty();
      assertThat(again.lastDeadLetterId()).isZero();

      for (int round = 0; round < 2; round++) {
        for (int number = 0; number < BLOCKS; number++) {
          assertThat(send(coap, 10 + round * BLOCKS + number, number).code())
              .isEqualTo(number == BLOCKS - 1 ? "2.04" : "2.31");
        }
        try (Socket http = post(again, BODY)) {
          assertThat(answer(http)).startsWith("HTTP/1.1 204");
        }
      }
      assertThat(again.kept("coap-door")).hasSize(1);
      assertThat(again.kept("http-door")).hasSize(1);
    }
  }
}
