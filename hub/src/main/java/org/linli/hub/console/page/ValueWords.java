package org.linli.hub.console.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.linli.event.Value;
import org.linli.event.Values;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Describes the values of an event: floor 7 as "Floor 7". The message {@code value.KIND.NAME} or
 * {@code value.NAME} has the words and the unit; a value without one is shown by its name. Codes
 * have words of their own, {@code carried.NAME.CODE}. Names and texts come from devices and may be
 * anything. No message may therefore require a type of value, and nothing else may have a key under
 * {@code value}.
 */
@Component
class ValueWords {

  private final MessageSource messages;

  ValueWords(MessageSource messages) {
    this.messages = messages;
  }

  /**
   * @param kind kind of the equipment
   * @param values null for none
   */
  List<String> say(String kind, @Nullable Values values, Locale language) {
    return values == null
        ? List.of()
        : values.byName().entrySet().stream()
            .map(each -> say(kind, each.getKey(), each.getValue(), language))
            .toList();
  }

  private String say(String kind, String name, Value value, Locale language) {
    Object said =
        switch (value) {
          case Value.Whole(long number) -> number;
          case Value.Real(double number) -> number;
          case Value.Truth(boolean truth) ->
              messages.getMessage(truth ? "carried.yes" : "carried.no", null, language);
          case Value.Text(String text) ->
              messages.getMessage("carried." + name + "." + text, null, text, language);
        };
    Object[] words = {said};
    String known = messages.getMessage("value." + kind + "." + name, words, null, language);
    if (known == null) {
      known = messages.getMessage("value." + name, words, null, language);
    }
    return known == null
        ? messages.getMessage("carried.other", new Object[] {name, said}, language)
        : known;
  }
}
