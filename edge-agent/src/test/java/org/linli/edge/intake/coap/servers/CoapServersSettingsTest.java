package org.linli.edge.intake.coap.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoapServersSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "coap://127.0.0.1/x, coap://127.0.0.9:77/y, 127.0.0.1",
    "coap://[::1]/x, coap://[::1]:77/y, ::1",
    "coap://127.0.0.1/x, coap://[::1]/y, any",
    "coap://127.0.0.1/x, coap://192.168.1.2/y, any",
    "coap://127.0.0.1/x, coap://sensor.example/y, any",
    "coap://localhost:78/x, coap://localhost/y, localhost",
  })
  void bindsToAnAddressThatReachesAllServers(String one, String other, String local)
      throws Exception {
    InetAddress bound =
        ServerSettings.of(
                "coap://127.0.0.1/celsius",
                "servers[0].uri=" + one,
                "servers[0].kind=environment",
                "servers[1].uri=" + other,
                "servers[1].device=box-2",
                "servers[1].kind=environment")
            .local();
    if (local.equals("any")) {
      assertThat(bound.isAnyLocalAddress()).isTrue();
    } else {
      assertThat(bound).isEqualTo(InetAddress.getByName(local));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers[0].kind=                     | name either its kind or a profile
          servers[0].profile=boxes             | name either its kind or a profile
          servers[0].kind=lift                 | kind lift is none
          servers[0].uri=http://x/y            | write the uri as coap://host:port/path
          servers[0].uri=coaps://x/y           | DTLS (coaps) is not spoken to servers yet
          servers[0].device=a b                | device id has character U+0020
          servers[0].device=                   | device is missing
          servers[0].every=1ms                 | every must be at least 100ms
          longest-pause=1ms                    | longest-pause must not be below first-pause
          """)
  void saysWhatIsWrongWithASetting(String setting, String said) {
    assertThatThrownBy(
            () ->
                ServerSettings.of(
                    "coap://127.0.0.1/celsius", "servers[0].kind=environment", setting))
        .satisfies(
            thrown ->
                assertThat(Stream.iterate(thrown, Objects::nonNull, Throwable::getCause))
                    .extracting(Throwable::getMessage)
                    .anyMatch(
                        message -> message.startsWith("linli.coap.") && message.contains(said)));
  }
}
