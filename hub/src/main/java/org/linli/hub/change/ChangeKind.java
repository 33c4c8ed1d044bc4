package org.linli.hub.change;

import java.util.regex.Pattern;

/**
 * A kind of subjects that change, such as alerts or devices. The package that has the subjects
 * defines it.
 *
 * @param name permanent name in the records; lower-case letters and hyphens
 * @param together how many subjects that change in one transaction form one {@link Change}
 */
public record ChangeKind(String name, int together) {

  static final int MOST_TOGETHER = 100;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,39}");

  public ChangeKind {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a kind of changes: " + name);
    }
    if (together < 1 || together > MOST_TOGETHER) {
      throw new IllegalArgumentException(together + " subjects make no change");
    }
  }

  /** Creates a kind of which each subject is a change by itself. */
  public static ChangeKind oneByOne(String name) {
    return new ChangeKind(name, 1);
  }

  /**
   * Creates a kind of which many subjects change at one moment: a hundred of them form one change.
   */
  public static ChangeKind byTheHundred(String name) {
    return new ChangeKind(name, MOST_TOGETHER);
  }
}
