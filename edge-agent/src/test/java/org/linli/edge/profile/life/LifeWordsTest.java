package org.linli.edge.profile.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.TestProfiles;

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
    "感烟报警, 感烟",
    "3号楼消防主机报警, 消防主机",
    "烟火识别, 烟火",
    "按下紧急按钮, 紧急按钮",
    "一键报警, 一键报警",
    "一键求助, 一键求助",
    "煙霧濃度, 煙霧",
    "火災報警, 火災",
    "緊急按鈕, 緊急",
    "S.O.S, SOS",
    "press S-O-S!, SOS",
    "duress code, duress",
    "DuressAlarm, duress",
    "MAYDAY, SOS",
    "distress call, SOS",
    "HELP, help",
    "'HELP, kitchen', help",
    "help, help",
    "Help!, help",
    "'{\"action\":\"help\"', help",
    "'{\"help\":true', help",
    "help=1, help",
    "<state>help</state>, help",
    "help me, help",
    "help_button, help",
    "HelpButton pressed, help",
    "hold-up, duress",
    "holdup alarm, duress",
    "panicbutton, emergency",
    "CO alarm, carbon monoxide",
    "entrapment, trapped",
    "Man Down, fall",
    "person down, fall",
    "fall detected, fall",
    "ＳＯＳ, SOS",
    "ｓｍｏｋｅ, smoke",
    "&#28779;&#x8B66;, 火警",
    "&#115;&#109;oke, smoke",
    "\\x73moke, smoke",
    "%2573%256doke, smoke",
    "%5Cu706b%5cu8b66, 火警",
    "1号楼火灾报警, 火灾",
    "燃气报警器动作, 燃气",
    "可燃气体报警, 燃气",
    "手动报警按钮按下, 手动报警",
    "气体报警, 气体报警",
    "感温探测器报警, 感温",
    "报警按钮, 报警按钮",
    "电梯报警, 电梯报警",
    "手動報警, 手動報警",
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
        "https://help.example/x",
        "{\"url\":\"https://help.example\"}",
        "https://HELP.example/x",
        "{\"help\":\"https://docs.example\"}",
        "{\"help\":\"press F1\"}",
        "see /help/index.html",
        "me@help.example",
        "for help see the manual",
        "helpful",
        "HELPFUL",
        "whelp",
        "Help Center",
        "company alarm",
        "\"company\":1",
        "kernel panic - not syncing",
        "hold-up time 20 ms",
        "threshold up",
        "the device's OS",
        "消防通道占用",
        "报警",
        "防盗报警",
        "门未关报警",
        "\"报警\":\"1\"",
        "&#12;&#;&#x;&amp;",
        "c29sYXIgcGFuZWw=",
        "temperature",
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
  @ValueSource(strings = {"/linli/Care/x1", "linli/CARE/x1", "/Linli/care/x1", "a/linli/care/x1"})
  void believesWhoeverMeansCare(String topic) {
    for (Address address :
        new Address[] {new Address.Topic(topic, ""), Address.published(topic, "client-1")}) {
      Message message =
          new Message("test://x", address, new byte[0], Instant.EPOCH, TestProfiles.NOBODY);
      assertThat(LifeWord.in(message)).isNotNull();
    }
  }

  @Test
  void callsNobodyForWhatIsNoCare() {
    for (String topic : new String[] {"/linli/careful/x", "xlinli/care/x", "linli/access/care"}) {
      Message message =
          new Message(
              "test://x",
              new Address.Topic(topic, ""),
              new byte[0],
              Instant.EPOCH,
              TestProfiles.NOBODY);
      assertThat(LifeWord.in(message)).isNull();
    }
  }

  private static @Nullable String word(byte[] bytes) {
    LifeWord found = LifeWords.first(bytes);
    return found == null ? null : found.word();
  }
}
