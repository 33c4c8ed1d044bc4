package org.linli.sims;

import java.io.StringWriter;
import org.linli.sims.console.Console;

/** The program as a person runs it, without the process around it. */
public record RunningCommand(int exitCode, String out, String err) {

  public static RunningCommand run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = DeviceSims.commandLine(new Console(out, err, false)).execute(arguments);
    return new RunningCommand(exitCode, out.toString(), err.toString());
  }
}
