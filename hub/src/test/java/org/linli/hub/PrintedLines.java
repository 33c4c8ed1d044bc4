package org.linli.hub;

import java.util.List;
import org.springframework.boot.test.system.CapturedOutput;

/** Reads what the process printed. */
public final class PrintedLines {

  private PrintedLines() {}

  /**
   * The lines with this word, without the counts of lines left out: these are said as a minute
   * ends, also of what an earlier test caused.
   *
   * @param from how many characters had been printed before
   */
  public static List<String> with(String word, CapturedOutput output, int from) {
    return output
        .getAll()
        .substring(from)
        .lines()
        .filter(line -> line.contains(word))
        .filter(line -> !line.contains("Further lines about this cause were left out"))
        .toList();
  }
}
