package org.linli.edge.profile.format;

import org.linli.edge.profile.life.LifeWord;
import org.linli.edge.profile.life.LifeWords;

/**
 * What stands as the name of a field in a message that is not whole, or counts wrongly: it may be a
 * text of the message, so that nobody is told it.
 */
public final class UnsureName {

  private UnsureName() {}

  /** It for people; of what it says only a word of life safety, by which somebody is called. */
  public static String shown(String name) {
    LifeWord word = LifeWords.first(name);
    return word == null ? "a field" : "a field (" + word.word() + ")";
  }
}
