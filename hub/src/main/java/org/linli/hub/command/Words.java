package org.linli.hub.command;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** What the commands say, in the language of the terminal: {@code words.properties}. */
record Words(ResourceBundle bundle) {

  static Words in(Locale language) {
    return new Words(
        ResourceBundle.getBundle(
            Words.class.getPackageName() + ".words",
            language,
            Words.class.getClassLoader(),
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES)));
  }

  boolean areChinese() {
    return bundle.getLocale().getLanguage().equals(Locale.CHINESE.getLanguage());
  }

  /** Returns a text with its arguments, as {@link String#format} puts them in. */
  String say(String key, Object... arguments) {
    return bundle.getString(key).formatted(arguments);
  }
}
