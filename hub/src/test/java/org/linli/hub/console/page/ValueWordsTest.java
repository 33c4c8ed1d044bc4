package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * What devices call their values is theirs: whatever it is, it is said, and no page fails by it.
 */
class ValueWordsTest {

  private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, PageLanguage.CHINESE);

  private final ValueWords words = new ValueWords(messages());

  private static ResourceBundleMessageSource messages() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
    messages.setFallbackToSystemLocale(false);
    return messages;
  }

  private String said(String name, Value value, Locale language) {
    return words.say("access", new Values(Map.of(name, value)), language).getFirst();
  }

  @Test
  void areSaidWhateverSortOfValueANameComesWith() {
    Set<String> names =
        ResourceBundle.getBundle("messages", Locale.ROOT).keySet().stream()
            .flatMap(key -> Stream.of(key.split("\\.")))
            .collect(Collectors.toSet());
    assertThat(names).contains("people", "other", "yes", "floor", "object");
    for (Locale language : LANGUAGES) {
      for (String name : names) {
        for (Kind kind : Kind.values()) {
          for (Value value :
              List.of(
                  new Value.Whole(4711),
                  new Value.Real(0.5),
                  new Value.Truth(true),
                  new Value.Text("B1"))) {
            assertThat(words.say(kind.wireName(), new Values(Map.of(name, value)), language))
                .as("%s %s %s", kind, name, value)
                .singleElement()
                .asString()
                .containsAnyOf("4,711", "0.5", "yes", "是", "B1")
                .doesNotContain("{");
          }
        }
      }
    }
  }

  @Test
  void countNobodyAsNobody() {
    assertThat(said("people", new Value.Whole(0), Locale.ENGLISH)).isEqualTo("People: 0");
    assertThat(said("people", new Value.Whole(0), PageLanguage.CHINESE)).isEqualTo("人数 0");
  }

  @Test
  void takeNoNameForACodeOfAnother() {
    assertThat(said("object.person", new Value.Whole(3), Locale.ENGLISH))
        .isEqualTo("object.person: 3");
    assertThat(said("elevator", new Value.Text("speed"), Locale.ENGLISH))
        .isEqualTo("elevator: speed");
    assertThat(said("object", new Value.Text("ebike"), Locale.ENGLISH)).isEqualTo("E-bike");
  }
}
