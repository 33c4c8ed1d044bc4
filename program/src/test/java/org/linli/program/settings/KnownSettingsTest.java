package org.linli.program.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSettingsTest {

  private static final KnownSettings KNOWN = KnownSettings.load();
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linli.store",
        "linli.mqtt.port",
        "linli.mqtt.max-message-size",
        "linli.mqtt.maxMessageSize",
        "linli.mqtt.max_message_size",
        "linli.broker.topics",
        "linli.broker.topics[3]",
        "linli.coap.servers[12].uri",
        "linli.history.rebuild",
        "linli.profile.tasmota.sensors[door-1/Switch1]",
        "linli.profile.tasmota.sensors.door-1",
        "linli.profile.tasmota.full-topics[0]"
      })
  void knowsAPropertyHoweverItIsWritten(String name) {
    assertThat(KNOWN.isProperty(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linli.stor",
        "linli",
        "linli.mqtt",
        "linli.mqtt.prot",
        "linli.mqttPort",
        "linli.mqtt.port.more",
        "linli.broker.topics[x]",
        "linli.coap.servers",
        "linli.coap.servers[0]",
        "linli.coap.servers[0].url",
        "linli.profile.tasmota.sensors"
      })
  void knowsNoOther(String name) {
    assertThat(KNOWN.isProperty(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linli", "linli.mqtt", "linli.coap.servers", "linli.profile.tasmota.sensors"})
  void knowsWhatSettingsLieUnder(String name) {
    assertThat(KNOWN.isSection(name)).isTrue();
    assertThat(KNOWN.isSection(name + "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LINLI_STORE",
        "linli_store",
        "LINLI_MQTT_MAX_MESSAGE_SIZE",
        "LINLI_MQTT_MAXMESSAGESIZE",
        "LINLI_BROKER_TOPICS_0",
        "LINLI_COAP_SERVERS_0_URI",
        "LINLI_PROFILE_TASMOTA_ZONES_LAMP",
        "LINLI_HEAP",
        "LINLI_KAFKA",
        "LINLI_DATABASE_URL",
        "LINLI_LOCAL_TOKEN",
        "LINLI_ADMIN_TOKEN"
      })
  void knowsAVariable(String name) {
    assertThat(KNOWN.isVariable(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "LINLI_STOR,LINLI_STORE",
    "LINLI_COMMUNTIY_FILE,LINLI_COMMUNITY_FILE",
    "LINLI_MQTTPORT,LINLI_MQTT_PORT",
    "LINLI_COAP_SERVERS_3_URL,LINLI_COAP_SERVERS_3_URI",
    "LINLI_HEEP,LINLI_HEAP",
    "LINLI_WHATEVER,"
  })
  void knowsWhichVariableWasMeant(String typed, String meant) {
    assertThat(KNOWN.isVariable(typed)).isFalse();
    assertThat(KNOWN.closestVariable(typed)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "linli.stor,linli.store",
    "linli.mqtt.prot,linli.mqtt.port",
    "linli.mqttPort,linli.mqtt.port",
    "linli.coap.servers[3].url,linli.coap.servers[3].uri",
    "linli.nothing-like-it,"
  })
  void knowsWhichPropertyWasMeant(String typed, String meant) {
    assertThat(KNOWN.closestProperty(typed)).isEqualTo(meant);
  }

  /** It would suggest the very name that was typed. */
  @ParameterizedTest
  @CsvSource({
    "linli.profile.tasmota.sensors,linli.profile.tasmota.sensors",
    "LINLI_PROFILE_TASMOTA_SENSORS,linli.profile.tasmota.sensors",
    "LINLI_PROFILE_TASMOTA_SENSORS[door/Switch1],linli.profile.tasmota.sensors",
    "linli.profile.tasmota.sensor,",
    "LINLI_MQTT_PORT,"
  })
  void knowsWhatLacksAKey(String typed, String setting) {
    assertThat(KNOWN.withoutKey(typed)).isEqualTo(setting);
  }

  @Test
  void knowsEveryVariableThatScriptsAndContainersUse() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String file :
        List.of(
            "launch",
            "demo",
            "docker-compose.yml",
            "docker/prepare",
            "docker/program.Dockerfile")) {
      Matcher variable = Pattern.compile("LINLI_[A-Z_]+").matcher(read(file));
      while (variable.find()) {
        used.add(variable.group());
      }
    }

    assertThat(used).hasSizeGreaterThan(10).allMatch(KNOWN::isVariable);
  }

  @Test
  void knowsEverySettingOfThePageAboutSettings() throws IOException {
    String page = read("docs/configuration.md");
    Matcher variable = Pattern.compile("`(LINLI_[A-Z_]+)").matcher(page);
    while (variable.find()) {
      assertThat(variable.group(1)).matches(KNOWN::isVariable);
    }
    Matcher property = Pattern.compile("`(linli\\.[a-z0-9.-]+)(\\[[A-Z/]+])?`").matcher(page);
    while (property.find()) {
      assertThat(property.group(1) + (property.group(2) == null ? "" : property.group(2)))
          .matches(name -> KNOWN.isProperty(name) || KNOWN.isSection(name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hub,hub/src/main/resources/org/linli/hub/help_en.txt",
    "hub,hub/src/main/resources/org/linli/hub/help_zh.txt",
    "edge-agent,edge-agent/src/main/resources/org/linli/edge/help_en.txt",
    "edge-agent,edge-agent/src/main/resources/org/linli/edge/help_zh.txt"
  })
  void helpTellsSettingsAndTheirDefaults(String program, String file) throws IOException {
    Matcher line =
        Pattern.compile("^  (LINLI_[A-Z_]+) +(\\S+)", Pattern.MULTILINE).matcher(read(file));
    int lines = 0;
    for (; line.find(); lines++) {
      String variable = line.group(1);
      assertThat(KNOWN.names())
          .filteredOn(name -> name.program().equals(program) && name.variable().equals(variable))
          .extracting(SettingName::otherwise)
          .containsExactly(line.group(2).equals("-") ? "" : line.group(2));
    }
    assertThat(lines).isGreaterThan(8);
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
