package org.linli.edge.profile.life;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.life.WrittenWord.Match;
import org.linli.event.Kind;

/**
 * The words of life safety, in English, and in Chinese in UTF-8, GBK (with it GB 2312 and GB 18030)
 * and Big5.
 */
final class LifeVocabulary {

  private static final LifeWord SMOKE = new LifeWord("smoke", Kind.ENVIRONMENT);
  private static final LifeWord GAS = new LifeWord("gas", Kind.ENVIRONMENT);
  private static final LifeWord MONOXIDE = new LifeWord("carbon monoxide", Kind.ENVIRONMENT);
  private static final LifeWord FIRE = new LifeWord("fire", Kind.ENVIRONMENT);
  private static final LifeWord SOS = new LifeWord("SOS", Kind.CARE);
  private static final LifeWord HELP = new LifeWord("help", Kind.CARE);
  private static final LifeWord DURESS = new LifeWord("duress", Kind.CARE);
  private static final LifeWord FALL = new LifeWord("fall", Kind.CARE);
  private static final LifeWord EMERGENCY = new LifeWord("emergency", Kind.CARE);
  private static final LifeWord TRAPPED = new LifeWord("trapped", Kind.ELEVATOR);

  private final List<WrittenWord> words = new ArrayList<>();

  private LifeVocabulary() {}

  /** All words by their first byte; among those with the same one, longer words come first. */
  static WrittenWord[][] byFirstByte() {
    LifeVocabulary vocabulary = new LifeVocabulary();
    vocabulary.english();
    vocabulary.chinese();
    vocabulary.words.sort((one, other) -> other.bytes().length - one.bytes().length);
    WrittenWord[][] table = new WrittenWord[256][];
    for (int first = 0; first < table.length; first++) {
      byte wanted = (byte) first;
      table[first] =
          vocabulary.words.stream()
              .filter(word -> word.bytes()[0] == wanted)
              .toArray(WrittenWord[]::new);
    }
    return table;
  }

  private void english() {
    add(Match.ANYWHERE, SMOKE, "smoke");
    add(Match.ALONE, GAS, "gas", "gases");
    add(Match.BEGINS, GAS, "gas~alarm", "gas~alert", "gas~detect", "gas~leak", "gas~sensor");
    add(Match.ANYWHERE, MONOXIDE, "monoxide");
    add(Match.BEGINS, MONOXIDE, "co~alarm", "co~detect", "co~leak");
    add(Match.BEGINS, MONOXIDE, "co^status", "co^state", "co^level", "co^sensor", "co^warning");
    add(Match.SAID, MONOXIDE, "co");
    add(Match.ALONE, FIRE, "fire");
    add(Match.ANYWHERE, FIRE, "fire~alarm", "fire~alert", "fire~detect");
    add(Match.BEGINS, FIRE, "flame~alarm", "flame~detect");
    add(Match.ALONE, SOS, "sos", "s.o.s", "s-o-s", "s_o_s", "s o s");
    add(Match.ANYWHERE, SOS, "sos~alarm", "sos~alert", "sos~button", "sos~call");
    add(Match.ANYWHERE, SOS, "mayday", "distress");
    add(Match.CALLED, HELP, "help");
    add(Match.ALONE, HELP, "help~me", "help~button", "help~call", "help~alarm", "help~alert");
    add(Match.ALONE, HELP, "help~request", "help~requested", "help~needed", "help~pressed");
    add(Match.ALONE, HELP, "i~need~help", "needs~help", "call~for~help", "calls~for~help");
    add(Match.ALONE, HELP, "calling~for~help", "cry~for~help", "cries~for~help");
    add(Match.ANYWHERE, DURESS, "duress");
    add(Match.ALONE, DURESS, "hold~up");
    add(Match.BEGINS, DURESS, "hold~up~alarm", "hold~up~button");
    add(Match.ALONE, FALL, "fall", "falls", "fallen", "falling");
    add(Match.BEGINS, FALL, "fall~alarm", "fall~alert", "fall~detect", "fall~down");
    add(Match.BEGINS, FALL, "man~down", "person~down", "unconscious");
    add(Match.ALONE, EMERGENCY, "panic");
    add(Match.BEGINS, EMERGENCY, "panic~alarm", "panic~alert", "panic~button");
    add(Match.BEGINS, EMERGENCY, "medical~alarm", "medical~alert", "nurse~call");
    add(Match.ANYWHERE, EMERGENCY, "emergency");
    add(Match.ANYWHERE, TRAPPED, "trapped", "entrapment");
    add(
        Match.ANYWHERE,
        null,
        "fire~lane",
        "fire~escape",
        "fall~back",
        "kernel~panic",
        "hold~up~time");
  }

  private void chinese() {
    add(Kind.ENVIRONMENT, "烟雾", "烟感", "感烟", "烟火", "火警", "火灾", "着火", "起火", "失火", "消防主机");
    add(Kind.ENVIRONMENT, "消防报警", "消防告警", "燃气", "煤气", "天然气", "一氧化碳", "瓦斯");
    // 报警 alone is any alarm, of a door too; these are how fire and gas systems say it.
    add(Kind.ENVIRONMENT, "手动报警", "气体报警", "气体告警", "气体泄漏", "感温", "温感");
    add(Kind.ENVIRONMENT, "手動報警", "氣體報警", "氣體洩漏", "感溫", "溫感");
    add(Kind.ENVIRONMENT, "煙霧", "煙感", "感煙", "煙火", "火災", "著火", "消防主機", "消防報警", "燃氣", "煤氣", "天然氣");
    add(Kind.CARE, "紧急求助", "紧急呼叫", "紧急报警", "紧急按钮", "紧急", "一键报警", "一键求助", "一键呼救");
    add(Kind.CARE, "报警按钮", "求助", "求救", "救命", "呼救", "摔倒", "跌倒", "晕倒", "昏迷", "溺水", "胁迫", "挟持");
    add(Kind.CARE, "緊急求助", "緊急呼叫", "緊急", "一鍵報警", "一鍵求助", "一鍵呼救", "暈倒", "脅迫");
    add(Kind.ELEVATOR, "困人", "被困", "受困", "电梯报警", "轿厢报警", "電梯報警");
  }

  private void add(Match match, @Nullable LifeWord means, String... written) {
    for (String each : written) {
      words.add(WrittenWord.ofLetters(each, match, means));
    }
  }

  private void add(Kind kind, String... written) {
    for (String each : written) {
      LifeWord means = new LifeWord(each, kind);
      words.add(WrittenWord.ofBytes(each.getBytes(StandardCharsets.UTF_8), means));
      for (Charset charset : Readings.CHINESE) {
        if (charset.newEncoder().canEncode(each)) {
          words.add(WrittenWord.ofBytes(each.getBytes(charset), means));
        }
      }
    }
  }
}
