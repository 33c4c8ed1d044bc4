package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifeWordsTest {

  private static final Charset GBK = Charset.forName("GBK");

  @ParameterizedTest
  @CsvSource({
    "'{\"smoke\":tru', smoke",
    "'{\"SMOKE\":1', smoke",
    "lobbySmokeDetector, smoke",
    "gas_leak=1, gas",
    "gasLeak, gas",
    "carbon monoxide, carbon monoxide",
    "'{\"carbon_monoxide\"', carbon monoxide",
    "CarbonMonoxide, carbon monoxide",
    "co_alarm=1, carbon monoxide",
    "SOS, SOS",
    "sosPressed, SOS",
    "按下SOS按钮, SOS",
    "fallDetected, fall",
    "person fallen, fall",
    "passenger.trapped, trapped",
    "fire, fire",
    "烟雾浓度超标, 烟雾",
    "主机火警, 火警",
    "可燃气体泄漏, 燃气",
    "一氧化碳, 一氧化碳",
    "老人紧急求助, 紧急求助",
    "求救, 求救",
    "摔倒, 摔倒",
    "卧室有人跌倒, 跌倒",
    "电梯困人, 困人",
    "有人被困, 被困",
    "烟感报警, 烟感",
    "firealarm, fire",
    "homeFireAlarm, fire",
    "gasalarm, gas",
    "GASAlarm, gas",
    "kitchen_gasleak=1, gas",
    "sosalarm, SOS",
    "SOSAlarm, SOS",
    "bedroomSOSPressed, SOS",
    "sosbutton, SOS",
    "sos1, SOS",
    "2sos_3, SOS",
    "falldetect, fall",
    "falldetection, fall",
    "FALLDetected, fall",
    "fall_alarm, fall",
    "smokeDetected, smoke",
    "coAlarm, carbon monoxide",
    "COAlarm, carbon monoxide",
    "coalarm, carbon monoxide",
    "firedetector, fire",
    "co_status, carbon monoxide",
    "'{\"co_status\":3', carbon monoxide",
    "coStatus, carbon monoxide",
    "'{\"co\":true', carbon monoxide",
    "'{\"CO\" : \"ON\"', carbon monoxide",
    "'{\"kitchen_co\":1', carbon monoxide",
    "co=1, carbon monoxide",
    "<co>alarm</co>, carbon monoxide",
    "'{\"co\":120.5', carbon monoxide",
    "'{\"co\":\"报警\"', carbon monoxide",
    "kitchengasalarm, gas",
    "KitchenGasAlarm, gas",
    "homegas, gas",
    "bedroomsos, SOS",
    "mandown, fall",
    "man_down, fall",
    "ManDown, fall",
    "救命, 救命",
    "有人呼救, 呼救",
    "瓦斯浓度, 瓦斯",
    "老人晕倒, 晕倒",
    "泳池溺水, 溺水",
    "sm%6Fke, smoke",
    "%73%4f%53, SOS",
    "\\u0073\\u006D\\u006fke, smoke",
    "\\u0053OS, SOS",
    "g%61s%20leak, gas",
    "%u6551\\u547d \\u6551\\u547D, 救命",
    "\\u6551%E5%91%BD, 救命",
  })
  void findsAWord(String text, String word) {
    assertThat(word(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(word);
    assertThat(word(text.getBytes(GBK))).isEqualTo(word);
    assertThat(word((text + "\0").getBytes(StandardCharsets.UTF_8))).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "las vegas",
        "vegastrip",
        "waterfall",
        "fallback",
        "disco alarm",
        "fire-lane.occupied",
        "firewall",
        "temperature=21",
        "烟台",
        "console",
        "because",
        "co2",
        "co2 alarm",
        "CO2Alarm",
        "gasoline",
        "false",
        "default",
        "cost",
        "config",
        "second",
        "close",
        "closed",
        "firmware",
        "fallBack",
        "fall_back",
        "discoalarm",
        "vegasalarm",
        "xSoSy",
        "\"company\":true",
        "\"co2\":true",
        "\"co2\":900",
        "\"co\":\"ACME\"",
        "\"co\":false",
        "\"co\":0.4",
        "\"co\":\"normal\"",
        "\"co\":\"onward\"",
        "Acme Co. status: on",
        "example.co:8080",
        "c/o",
        "eco=1",
        "eco_status=1",
        "disco:true",
        "co-operate: on",
        "costs=1",
        "vegasalarm",
        "command own",
        "commandown",
        "100%6a",
        "%73o%73o",
        "\\u0063onsole",
        "\\u12",
        "%7",
        "",
      })
  void passesOverWhatIsNone(String text) {
    assertThat(word(text.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"smoke\":false}",
        "{\"smoke\" : 0, \"battery\":\"x\"}",
        "{\"smokeDetected\":false}",
        "{\"gas_alarm\":\"normal\"}",
        "{\"SOS\":\"OFF\"}",
        "fire=0",
        "fire_alarm=end",
        "co_alarm: clear",
        "<smoke>false</smoke>",
        "{\"烟感\":\"正常\"}",
        "{\"燃气报警\":0}",
        "{\"smoke\":false,\"gas\":false}",
      })
  void callsNobodyForWhatIsSaidToBeOver(String text) {
    assertThat(word(text.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"smoke\":true}",
        "{\"smoke\":0.7}",
        "{\"smoke\":01}",
        "{\"smoke\":\"\"}",
        "{\"smoke\":null}",
        "{\"smoke\":\"false alarm?\"}",
        "{\"smoke\":fals",
        "{\"smoke\":falsehood}",
        "{\"smoke\":\"normal\\u0000 no\"}",
        "{\"smoke\":{\"ok\":false}}",
        "{\"smoke_test\":false}",
        "{\"noSmoke\":false,\"smoke\":1}",
        "{\"smoke\":false,\"gas\":1}",
        "smoke 0",
        "smoke>0, evacuate",
        "smoke: normally none",
      })
  void callsInDoubt(String text) {
    assertThat(word(text.getBytes(StandardCharsets.UTF_8))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u70df\\u96fe", "\\u70DF\\u96FE", "%E7%83%9F%e9%9b%be"})
  void readsEscapes(String text) {
    assertThat(word(("{\"t\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8))).isEqualTo("烟雾");
  }

  @Test
  void findsAWordDeepInABinary() {
    for (String word : new String[] {"smoke", " SOS ", "被困"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[500_000]);
      out.writeBytes(word.getBytes(GBK));
      out.writeBytes(new byte[500_000]);
      assertThat(word(out.toByteArray())).isEqualToIgnoringCase(word.strip());
    }
  }

  @Test
  void takesNoPictureForACall() {
    Random random = new Random(17);
    byte[] picture = new byte[500_000];
    for (int i = 0; i < 20; i++) {
      random.nextBytes(picture);
      String text = Base64.getEncoder().encodeToString(picture).replaceAll("(?i)smoke", "");
      assertThat(word(text.getBytes(StandardCharsets.US_ASCII))).isNull();
    }
  }

  @Test
  void looksAtEachByteAFewTimesOnly() {
    byte[] worst = "\\u6c42%e6smokgasx".repeat(60_000).getBytes(StandardCharsets.UTF_8);
    Instant before = Instant.now();
    assertThat(word(worst)).isNull();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  private static @Nullable String word(byte[] bytes) {
    LifeWord found = LifeWords.first(bytes);
    return found == null ? null : found.word();
  }
}
