package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/**
 * In every profile that reads JSON or XML, an alarm is taken whatever is malformed in the fields
 * beside it, and marked (decision 0064).
 */
class MalformedAlarmsTest {

  /** A field that no strict parser reads, at the beginning of the outermost object. */
  private static final List<String> BAD_FIELDS =
      List.of(
          "\"n\":NaN,",
          "\"n\":-Infinity,",
          "\"n\":+Infinity,",
          "\"n\":nan,",
          "\"n\":-nan(ind),",
          "\"n\":1.#QNAN,",
          "\"n\":007,",
          "\"n\":-01.50,",
          "\"n\":+5,",
          "\"n\":.5,",
          "\"n\":5.,",
          "\"n\":0x1F,",
          "\"n\":21,5,",
          "\"n\":True,",
          "\"n\":None,",
          "\"n\":undefined,",
          "\"n\":'x',",
          "\"n\":'say \"hi\"',",
          "'n':1,",
          "n:1,",
          "\"n\":on,",
          "\"n\":2026-11-23 13:16:00,",
          "\"n\":,",
          "\"n\" 1,",
          "\"n\"=1,",
          "\"n\":1 ",
          "\"n\":\"a\" ",
          ",",
          "\"n\":[1,2,],",
          "\"n\":{\"a\":1,},",
          "\"n\":[1,,2],",
          "\"n\":[NaN],",
          "\"n\":\"a\tb\",",
          "\"n\":\"a\nb\r\n\",",
          "\"n\":\"a\u0001b\u0000\",",
          "\"n\":\"C:\\dir\\x\",",
          "\"n\":\"C:\\dir\\\",",
          "\"n\":\"\\'\\x41\\u12\\0\",",
          "\"n\":\"say \"hi\" now\",",
          "/* c */",
          "// c\n",
          "# c\n",
          "\u0000",
          "\"n\":\"\u00ff\u00fe\",",
          "\"n\":\"\u00d6\\\",",
          "\"n\":\u00ff,",
          "\"n\u00ff\":1,");

  private static final Map<String, Sent> JSON =
      Map.of(
          "chirpstack",
          mqtt("application/x/device/c~/event/up", "{\"object\":{\"leakage_status\":\"leak\"}}"),
          "frigate",
          mqtt(
              "frigate/reviews",
              "{\"type\":\"new\",\"after\":{\"id\":\"r~\",\"camera\":\"d~\",\"severity\":\"alert\","
                  + "\"start_time\":1795410961.5,\"data\":{\"objects\":[\"person\"],\"zones\":[]}}}"),
          "hikvision",
          post(
              "hikvision",
              "h~",
              "{\"eventType\":\"AccessControllerEvent\",\"AccessControllerEvent\":"
                  + "{\"majorEventType\":5,\"subEventType\":27}}"),
          "linli",
          linli(Format.LINLI_JSON, "access", "l~", "{\"type\":\"door.forced\"}"),
          "platecamera",
          mqtt(
              "device/p~/message/up/ivs_result",
              "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"license\":\"A12345\"}}}}"),
          "platerecognizer",
          post("platerecognizer", "q~", "{\"data\":{\"results\":[{\"plate\":\"a12345\"}]}}"),
          "tasmota",
          mqtt("tele/t~/SENSOR", "{\"ZbReceived\":{\"0x1\":{\"Fire\":1}}}"),
          "thingsboard",
          mqtt("v1/gateway/disconnect", "{\"device\":\"k~\"}"),
          "zigbee2mqtt",
          mqtt("zigbee2mqtt/z~", "{\"smoke\":true}"),
          "json-alarms",
          post("json-alarms", "m~", "{\"alarm\":true}"));

  private static final Map<String, Sent> XML =
      Map.of(
          "hikvision",
          post(
              "hikvision",
              "x~",
              "<EventNotificationAlert><eventType>VMD</eventType><eventState>active</eventState>"
                  + "</EventNotificationAlert>"),
          "onvif",
          post(
              "onvif",
              "o~",
              "<Notify><NotificationMessage><Topic>tns1:VideoSource/SignalLoss</Topic><Message>"
                  + "<Message PropertyOperation=\"Changed\"><Data>"
                  + "<SimpleItem Name=\"State\" Value=\"true\"/></Data></Message></Message>"
                  + "</NotificationMessage></Notify>"));

  /** An element that no strict parser reads, at the beginning of the outermost one. */
  private static final List<String> BAD_ELEMENTS =
      List.of(
          "<n>a & b</n>",
          "<n>a &</n>",
          "<n>&nbsp;</n>",
          "<n>&eacute;&foo;</n>",
          "<n a=\"&x;\"/>",
          "<n a=\"x<y\">1</n>",
          "<n>a < b</n>",
          "<n>5<6</n>",
          "<n>]]></n>",
          "<q:n>1</q:n>",
          "<n q:a=\"1\">1</n>",
          "<n>\u0001\u0000</n>",
          "<n>&#1;&#x0;&#xFFFF;</n>",
          "<n a=1>x</n>",
          "<n a>x</n>",
          "<n a='1' a='2'/>",
          "<n a='1'b='2'/>",
          "<n>x<m>1</m>",
          "</m>",
          "<1>",
          "<!-- a -- b -->",
          "<n>\u00d6\u00d0\u00ce\u00c4</n>",
          "<n>\u00ff</n>");

  private static RunningGateway gateway;

  @TempDir static Path data;
  @TempDir static Path mappings;

  private int run;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        mappings.resolve("json.yml"),
        """
        mappings:
          - name: json-alarms
            format: json
            kind: environment
            events:
              - type: smoke.detected
                when: alarm
        """);
    gateway = RunningGateway.start(data, "--linli.mappings=" + mappings);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Set<String> ofJson() {
    return new TreeSet<>(JSON.keySet());
  }

  static Set<String> ofXml() {
    return new TreeSet<>(XML.keySet());
  }

  @ParameterizedTest
  @MethodSource("ofJson")
  void takesAnAlarmInMalformedJson(String profile) {
    Sent alarm = Objects.requireNonNull(JSON.get(profile));
    String json = new String(alarm.payload(), StandardCharsets.ISO_8859_1);
    Map<String, String> malformed = new LinkedHashMap<>();
    for (String field : BAD_FIELDS) {
      malformed.put(field, "{" + field + json.substring(1));
    }
    malformed.put("trailing comma", json.substring(0, json.length() - 1) + ",}");
    malformed.put("single quotes", json.replace('"', '\''));
    malformed.put("text before", "payload=" + json);
    malformed.put("text after", json + "xyz");
    malformed.put("a bracket after", json + "}\r\n}");
    malformed.put("another document after", json + "\n{\"n\":1}");
    malformed.put("old bytes after a NUL", json + "\u0000\"n\":7}}");
    malformed.put("no end", json.substring(0, json.length() - 1));
    malformed.put("cut in a text", json.substring(0, json.length() - 1) + ",\"n\":\"ab");
    malformed.put("cut in a name", json.substring(0, json.length() - 1) + ",\"n");
    malformed.put("cut in a number", json.substring(0, json.length() - 1) + ",\"n\":12");
    malformed.put("cut in a word", json.substring(0, json.length() - 1) + ",\"n\":tr");
    malformed.put("cut in an escape", json.substring(0, json.length() - 1) + ",\"n\":\"a\\u00");
    malformed.put("cut in a list", json.substring(0, json.length() - 1) + ",\"n\":[{\"a\":1},");
    malformed.put("no quotes at names", json.replaceAll("\"(\\w+~?)\":", "$1:"));

    check(alarm, malformed, true);
  }

  @ParameterizedTest
  @MethodSource("ofJson")
  void takesAnAlarmInUtf16(String profile) {
    Sent alarm = Objects.requireNonNull(JSON.get(profile));
    String json = new String(alarm.payload(), StandardCharsets.ISO_8859_1);
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String mark : List.of("\uFEFF", "")) {
        run++;
        Sent sent = alarm.inRun("u" + run);
        byte[] payload = (mark + json.replace("~", "u" + run)).getBytes(charset);

        assertAlarm(read(new Sent(sent.address(), payload)), true);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofXml")
  void takesAnAlarmInMalformedXml(String profile) {
    Sent alarm = Objects.requireNonNull(XML.get(profile));
    String xml = new String(alarm.payload(), StandardCharsets.ISO_8859_1);
    int inRoot = xml.indexOf('>') + 1;
    Map<String, String> malformed = new LinkedHashMap<>();
    for (String element : BAD_ELEMENTS) {
      malformed.put(element, xml.substring(0, inRoot) + element + xml.substring(inRoot));
    }
    String chinese = xml.substring(0, inRoot) + "<n>%s</n>" + xml.substring(inRoot);
    String gbk = latin("中文", Charset.forName("GBK"));
    String utf8 = latin("中文东", StandardCharsets.UTF_8);
    String declared = "<?xml version=\"1.0\" encoding=\"%s\"?>";
    malformed.put("GBK as UTF-8", declared.formatted("UTF-8") + chinese.formatted(gbk));
    malformed.put("UTF-8 as GBK", declared.formatted("GBK") + chinese.formatted(utf8));
    malformed.put("GBK undeclared", chinese.formatted(gbk));
    malformed.put("UTF-8 as ASCII", declared.formatted("US-ASCII") + chinese.formatted(utf8));
    malformed.put("unknown encoding", declared.formatted("x-none") + xml);
    malformed.put("UTF-16 that is not", declared.formatted("UTF-16") + xml);
    malformed.put("declaration without end", "<?xml version=\"1.0\" encoding=\"UTF-8\">" + xml);
    malformed.put("text before", "Content-Length: 7\r\n\r\n" + declared.formatted("UTF-8") + xml);
    malformed.put("text after", xml + "xyz");
    malformed.put("another after", xml + "<n>");
    malformed.put("declaration twice", declared.formatted("UTF-8").repeat(2) + xml);
    for (int end = xml.lastIndexOf("</");
        end > xml.length() - 120 && xml.substring(end).replace("</", "").indexOf('<') < 0;
        end = xml.lastIndexOf("</", end - 1)) {
      if (end < xml.indexOf("</Data>") || end <= xml.indexOf("</eventState>")) {
        break;
      }
      malformed.put("without " + xml.substring(end), xml.substring(0, end));
      malformed.put("cut in " + xml.substring(end), xml.substring(0, end + 4));
    }

    // The parser of the JDK is lenient too with some of them.
    check(alarm, malformed, false);
  }

  @Test
  void opensNothingOutsideADocument() throws IOException {
    Path secret = Files.writeString(mappings.resolve("secret"), "4711");
    String entity = "<!DOCTYPE n [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
    for (String before : List.of("", "junk & <", "<?xml version='1.0'", "<n>&y;</n>")) {
      Sent sent = Objects.requireNonNull(XML.get("hikvision")).inRun("e" + run++);
      String xml = new String(sent.payload(), StandardCharsets.ISO_8859_1);
      String attack = before + entity + xml.replace("VMD", "VMD&x;").replace("active", "&x;active");

      Interpreted read =
          read(new Sent(sent.address(), attack.getBytes(StandardCharsets.ISO_8859_1)));

      assertThat(read.toString()).doesNotContain("4711");
      assertThat(read).isInstanceOf(Interpreted.Refused.class);
    }
  }

  private static String latin(String text, Charset charset) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  private void check(Sent alarm, Map<String, String> malformed, boolean isMarked) {
    SoftAssertions softly = new SoftAssertions();
    malformed.forEach(
        (name, payload) -> {
          run++;
          Sent sent =
              new Sent(alarm.address(), payload.getBytes(StandardCharsets.ISO_8859_1))
                  .inRun("r" + run);
          softly
              .assertThatCode(() -> assertAlarm(read(sent), isMarked))
              .as(name)
              .doesNotThrowAnyException();
        });
    softly.assertAll();
  }

  private static void assertAlarm(Interpreted read, boolean isMarked) {
    List<DeviceEvent> events = TestProfiles.events(read);
    assertThat(events).anyMatch(event -> !event.type().isMeasurement());
    assertThat(events)
        .filteredOn(event -> !event.type().isMeasurement())
        .allMatch(event -> !isMarked || event.values().find("defect").isPresent());
  }

  private static Interpreted read(Sent sent) {
    return gateway.profiles().interpret(sent.message());
  }
}
