package org.linli.hub.command;

import java.io.PrintWriter;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.keeping.Fault;
import org.linli.hub.records.keeping.Verification;

/** Checks the records and prints what is wrong with them, for a person. */
record VerificationText(Words words, PrintWriter out) {

  /** Returns the exit code. */
  int check(RecordsPlace place, ProgressLine line) {
    Verification found =
        Verification.of(place, (done, all) -> line.show(words.say("verify.step", done, all)));
    line.show("");
    if (found.isWhole()) {
      out.println(words.say("verify.whole", place));
      return ExitCode.DONE;
    }
    out.println(words.say("verify.faults", place, found.faults().size() + found.others()));
    for (Fault fault : found.faults()) {
      out.println(
          "  %s %s: %s".formatted(fault.table(), fault.key(), words.say("fault." + fault.kind())));
    }
    if (found.others() > 0) {
      out.println("  " + words.say("difference.more", found.others()));
    }
    out.println(words.say("verify.action"));
    return ExitCode.REFUSED;
  }
}
