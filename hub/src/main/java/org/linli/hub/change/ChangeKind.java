package org.linli.hub.change;

import java.util.regex.Pattern;

/**
 * A sort of subjects that change: alerts, devices. The room that has the subjects names it.
 *
 * @param name in the records for good; lower-case letters and hyphens
 * @param together how many subjects that change in one transaction make one {@link Change}
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

  /** Each subject is a change by itself. */
  public static ChangeKind oneByOne(String name) {
    return new ChangeKind(name, 1);
  }

  /** Of subjects many of which change at one moment: a hundred of them are one change. */
  public static ChangeKind byTheHundred(String name) {
    return new ChangeKind(name, MOST_TOGETHER);
  }
}
