package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code try-profile} reads a message as a gateway would, without one. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("the program sets up the logging of the whole process")
class TryProfileTest {

  private static final String BOXES =
      """
      mappings:
        - {name: boxes, topic: boxes/+, kind: environment, device: "$topic[1]",
           events: [{type: measurement, values: $}]}
      """;

  @TempDir Path folder;

  private void write(String text) throws Exception {
    Files.writeString(folder.resolve("boxes.yml"), text);
  }

  @Test
  void refusesAMappingWithTheNameOfABuiltInProfile() throws Exception {
    write(BOXES + BOXES.replace("mappings:\n", "").replace("boxes", "zkteco"));
    Files.writeString(folder.resolve("sample.json"), "{}");

    assertThat(tried(1, "boxes.yml", "sample.json"))
        .contains("boxes.yml:4:5: name: zkteco is the name of a built-in profile");
  }

  @Test
  void canBeTriedWithoutAGateway() throws Exception {
    write(BOXES);
    Path sample = folder.resolve("sample.json");
    Files.writeString(sample, "{\"celsius\":21.5,\"open\":true}");

    assertThat(tried(0, "boxes.yml", "sample.json"))
        .isEqualTo(
            """
            as if it came by MQTT topic boxes/device-1
            environment device-1 measurement time=2026-11-23T05:16:00Z celsius=21.5 open=true
            """);
    assertThat(tried(0, "boxes.yml", "sample.json", "--device", "box-9"))
        .contains("POST /intake/boxes/box-9", "environment box-9 measurement");
    write(BOXES.replace("kind:", "part: json, kind:"));
    Files.writeString(
        sample,
        "--B\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{\"celsius\":4}\r\n--B--\r\n");
    assertThat(
            tried(
                0,
                "boxes.yml",
                "sample.json",
                "--device",
                "box-9",
                "--content-type",
                "multipart/form-data; boundary=B"))
        .contains("celsius=4");
    write(BOXES);
    Files.writeString(sample, "{");
    assertThat(tried(1, "boxes.yml", "sample.json"))
        .contains("a dead letter: not-json: line 1")
        .contains("the message breaks off; send it whole");
    write(BOXES.replace("$topic", "$$$topic("));
    assertThat(tried(1, "boxes.yml", "sample.json")).startsWith("boxes.yml:2:");
    assertThat(tried(1, "boxes.yml", "nothing.json")).contains("nothing.json: cannot be read");
    assertThat(tried(1, "boxes.yml"))
        .contains("Nothing says where the message goes: give --topic, or --profile and --device");
    write(BOXES.replace("topic: boxes/+, ", "").replace("$topic[1]", "$device"));
    Files.writeString(sample, "{\"celsius\":4}");
    assertThat(tried(1, "boxes.yml", "sample.json"))
        .contains("give --topic, or --device for a POST to boxes");
  }

  /** As the gateway takes them, and refused as there. */
  @Test
  void takesTheSettingsOfAGateway(CapturedOutput console) throws Exception {
    Files.writeString(folder.resolve("smoke.json"), "{\"smoke\":true}");
    String[] kitchen = {"--profile", "thingsboard", "--device", "kitchen"};

    assertThat(
            tried(
                0,
                "smoke.json",
                with(kitchen, "--linli.profile.thingsboard.sensors[kitchen/smoke]=smoke")))
        .contains("environment kitchen smoke.detected")
        .doesNotContain("hint");
    assertThat(tried(2, "smoke.json", with(kitchen, "--linli.profile.thingsboard.sensors=smoke")))
        .isEmpty();
    assertThat(console.getErr())
        .isEqualTo(
            "--linli.profile.thingsboard.sensors is no setting of Linli: write"
                + " linli.profile.thingsboard.sensors[KEY] with a key, in application.yml;"
                + " docs/configuration.md has an example.\n");
    assertThat(
            tried(1, "smoke.json", with(kitchen, "--linli.profile.thingsboard.sensors[kitchen]=x")))
        .contains("sensors[kitchen]: write the device's name, a slash and the key");
  }

  private static String[] with(String[] options, String more) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = more;
    return all;
  }

  /** Nothing says that it is CBOR. */
  @Test
  void saysHowToGiveCbor() throws Exception {
    write(BOXES);
    Files.write(
        folder.resolve("event.cbor"),
        HexFormat.of().parseHex("a1" + "6474797065" + "6b646f6f722e666f72636564"));

    for (String[] options :
        new String[][] {
          {"--profile", "linli", "--device", "access/door-7"},
          {"--profile", "thingsboard", "--device", "kitchen"},
          {"--topic", "zigbee2mqtt/kitchen"},
        }) {
      assertThat(tried(1, "event.cbor", options))
          .contains("unsupported-format: the payload looks like CBOR")
          .contains("hint: for CBOR give --profile linli --device KIND/ID --content-type")
          .doesNotContain("GBK");
    }
    assertThat(tried(1, "boxes.yml", "event.cbor")).contains("the payload looks like CBOR");
  }

  @Test
  void triesTheBuiltInProfilesWithoutAFileOfMappings() throws Exception {
    Files.writeString(folder.resolve("smoke.json"), "{\"smoke\":true}");

    assertThat(tried(0, "smoke.json", "--topic", "zigbee2mqtt/kitchen"))
        .contains("MQTT topic zigbee2mqtt/kitchen", "environment kitchen smoke.detected");
    assertThat(tried(0, "smoke.json", "--profile", "thingsboard", "--device", "kitchen"))
        .contains("POST /intake/thingsboard/kitchen", "environment kitchen measurement");
    assertThat(tried(1, "smoke.json", "--device", "kitchen"))
        .contains("No mapping is given; say which profile with --profile");
    assertThat(tried(1, "smoke.json", "--profile", "nobody", "--device", "kitchen"))
        .contains("a dead letter");
  }

  @Test
  void triesLinliJsonAlsoInCbor() throws Exception {
    Files.writeString(folder.resolve("event.json"), "{\"type\":\"door.forced\"}");
    Files.write(
        folder.resolve("event.cbor"),
        HexFormat.of().parseHex("a1" + "6474797065" + "6b646f6f722e666f72636564"));

    assertThat(tried(0, "event.json", "--profile", "linli", "--device", "access/door-7"))
        .contains("linli/access/door-7", "access door-7 door.forced");
    assertThat(
            tried(
                0,
                "event.cbor",
                "--profile",
                "linli",
                "--device",
                "access/door-7",
                "--content-type",
                "application/cbor"))
        .contains("linli/access/door-7 in CBOR", "access door-7 door.forced");
    assertThat(tried(1, "event.json", "--profile", "linli", "--device", "door-7"))
        .contains("give --device KIND/ID, such as access/door-7");
  }

  /** Only who wired it knows whether it is a state. */
  @Test
  void saysWhichSettingMakesAnAlarmOfAMeasurement() throws Exception {
    Files.writeString(folder.resolve("smoke.json"), "{\"smoke\":true,\"celsius\":21}");

    assertThat(tried(0, "smoke.json", "--profile", "thingsboard", "--device", "kitchen"))
        .contains(
            "hint: smoke is a measurement; if it is an alarm, set"
                + " linli.profile.thingsboard.sensors[kitchen/smoke]=smoke")
        .doesNotContain("celsius is");
    assertThat(tried(0, "smoke.json", "--topic", "zigbee2mqtt/kitchen")).doesNotContain("hint");
  }

  /** A mapping that the gateway refuses, because a built-in profile reads its topic. */
  @Test
  void refusesWhatAGatewayWouldRefuseAndReadsWhatItsProfilesRead() throws Exception {
    Files.writeString(
        folder.resolve("leak.yml"),
        """
        mappings:
          - name: lorawan-alarms
            topic: application/+/device/+/event/up
            kind: environment
            device: deviceInfo.devEui
            events: [{type: water.leak, when: object.leakage_status = "leak"}]
        """);
    Path sample = folder.resolve("uplink.json");
    Files.writeString(
        sample, "{\"deviceInfo\":{\"devEui\":\"01\"},\"object\":{\"leakage_status\":\"leak\"}}");

    assertThat(tried(1, "leak.yml", "uplink.json"))
        .contains("chirpstack (application/+/device/+/event/+) and lorawan-alarms")
        .contains("would read the same topics");
    write(BOXES);
    assertThat(tried(0, "boxes.yml", "uplink.json", "--topic", "application/a/device/01/event/up"))
        .contains("environment 01 water.leak");
  }

  private String tried(int exit, String file, String... others) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    String[] arguments = new String[others.length + 1];
    arguments[0] = folder.resolve(file).toString();
    for (int i = 0; i < others.length; i++) {
      boolean isFile = i == 0 && !others[i].startsWith("--");
      arguments[i + 1] = isFile ? folder.resolve(others[i]).toString() : others[i];
    }
    int code =
        TryProfileCommand.run(
            out,
            out,
            Clock.fixed(Instant.parse("2026-11-23T05:16:00Z"), ZoneOffset.UTC),
            arguments);
    assertThat(code).as("%s", said).isEqualTo(exit);
    return said.toString().replace("\r", "");
  }
}
