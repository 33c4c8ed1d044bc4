package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.TopicFilter;
import org.linli.event.GatewayId;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BrokerSettingsTest {

  private static BrokerSettings bound(String... settings) {
    Map<String, String> properties = new HashMap<>();
    for (String setting : settings) {
      properties.put("linli.broker." + setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("linli.broker", BrokerSettings.class);
  }

  @Test
  void isAttachedToNothingByDefault() {
    assertThat(bound().uri()).isNull();
    assertThat(bound("uri=").uri()).as("a variable set to nothing").isNull();
    assertThat(bound().topics()).containsExactly("linli/+/+");
    assertThat(bound().sessionExpiry()).hasDays(7);
  }

  @Test
  void takesTopicsThatDoNotOverlap() {
    assertThat(bound("topics=linli/access/+,linli/camera/cam-1").topics())
        .containsExactly("linli/access/+", "linli/camera/cam-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          uri=broker                    | linli.broker.uri is 'broker'; write it as mqtt://host:port
          uri=mqtt://broker             | linli.broker.uri is 'mqtt://broker'; write it as mqtt://host:port
          uri=mqtt://broker:1883/x      | linli.broker.uri is 'mqtt://broker:1883/x'; write it as mqtt://host:port
          uri=mqtt:// b                 | linli.broker.uri cannot be read; write it as mqtt://host:port.
          uri=mqtts://broker:8883       | linli.broker.uri asks for TLS, which the agent does not speak to a broker yet
          uri=mqtt://me:secret@b:1883   | linli.broker.uri holds a name or a password; give them as linli.broker.username
          password=secret               | linli.broker.password is set, so username must be given as well
          session-expiry=0s             | linli.broker.session-expiry is 0s, and must lie between 1s and 365d
          in-flight=0                   | linli.broker.in-flight is 0, and must lie between 1 and 65535
          in-flight=65536               | linli.broker.in-flight is 65536, and must lie between 1 and 65535
          max-message-size=1B           | linli.broker.max-message-size is 1B, and must lie between 1KB and 64MB
          longest-pause=1ms             | linli.broker.longest-pause is 1ms (a number without a unit counts as milliseconds: for seconds write 1s), and must not be below first-pause
          topics=linli/#                | linli.broker.topics has 'linli/#'; write linli/{kind}/{deviceId}
          topics=+/door/d               | linli.broker.topics has '+/door/d'; write linli/{kind}/{deviceId}
          topics=#                      | linli.broker.topics has '#'; write linli/{kind}/{deviceId}
          topics=zigbee2mqtt/#/d        | linli.broker.topics has 'zigbee2mqtt/#/d'; # may only be the last level
          topics=frigate/#,frigate/+/d  | linli.broker.topics has 'frigate/#' and 'frigate/+/d', and a broker may send
          topics=linli/1/+              | linli.broker.topics has 'linli/1/+', and '1' is no kind
          topics=linli/access/door-#    | linli.broker.topics has 'linli/access/door-#'; + and # stand for whole levels
          topics=linli/+/d,linli/access/+ | linli.broker.topics has 'linli/+/d' and 'linli/access/+', and a broker may send what fits both twice
          topics=                       | linli.broker.topics is empty; the default is linli/+/+
          """)
  void saysWhatIsWrongWithASetting(String setting, String sentence) {
    assertThatThrownBy(() -> bound(setting))
        .satisfies(
            thrown ->
                assertThat(Stream.iterate(thrown, Objects::nonNull, Throwable::getCause))
                    .extracting(Throwable::getMessage)
                    .anyMatch(message -> message.startsWith(sentence)));
  }

  @Test
  void doesNotTakeTheClientIdOfItsOwnUplink() {
    AgentSettings agent = new AgentSettings(Path.of("."), new GatewayId("gateway-1"));

    assertThatThrownBy(
            () ->
                new BrokerConfiguration()
                    .brokerDoor(
                        bound("uri=mqtt://b:1883", "client-id=gateway-1"),
                        agent,
                        new HeldIntake(),
                        name -> List.of(),
                        Clock.systemUTC(),
                        new LivingThreads(InstantSource.system()),
                        LifeSearch.NONE))
        .isInstanceOf(CannotListenException.class)
        .hasMessage(
            "linli.broker.client-id is gateway-1, by which a broker knows this gateway's connection"
                + " to its hub: choose another, such as linli-gateway-1.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          profiles=frigat | there is no profile frigat
          profiles=frigate,topics=frigate/events | has 'frigate/events' and 'frigate/#'
          """)
  void doesNotBeginWithTopicsThatAreNotClear(String settings, String said) {
    assertThatThrownBy(
            () ->
                new BrokerConfiguration()
                    .brokerDoor(
                        bound(("uri=mqtt://b:1883," + settings).split(",")),
                        new AgentSettings(Path.of("."), new GatewayId("gateway-1")),
                        new HeldIntake(),
                        name -> {
                          if (!name.equals("frigate")) {
                            throw new IllegalArgumentException("there is no profile " + name);
                          }
                          return List.of(new TopicFilter("frigate/#"));
                        },
                        Clock.systemUTC(),
                        new LivingThreads(InstantSource.system()),
                        LifeSearch.NONE))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("linli.broker.profiles")
        .hasMessageContaining(said);
  }
}
