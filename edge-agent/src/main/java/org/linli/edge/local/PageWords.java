package org.linli.edge.local;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The words of the gateway's pages, and the language in which a page is asked for. */
final class PageWords {

  private PageWords() {}

  static MessageSource load() {
    ResourceBundleMessageSource words = new ResourceBundleMessageSource();
    words.setBasename("org.linli.edge.local.words");
    words.setDefaultEncoding(StandardCharsets.UTF_8.name());
    words.setFallbackToSystemLocale(false);
    return words;
  }

  /**
   * @param asked what {@code ?lang=} says; null for nothing
   */
  static Locale language(@Nullable String asked, Locale browser) {
    String language = asked == null ? browser.getLanguage() : asked;
    return language.equals("zh") ? Locale.CHINESE : Locale.ENGLISH;
  }

  static String other(Locale language) {
    return language.equals(Locale.CHINESE) ? "en" : "zh";
  }
}
