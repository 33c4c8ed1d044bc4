package org.linli.program.settings;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Reports why the program did not start, and what to do, on one line of the standard error stream,
 * without a frame or a stack trace around it.
 */
public final class OneLineFailureReporter implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    System.err.println(
        Stream.of(analysis.getDescription(), analysis.getAction())
            .filter(text -> text != null && !text.isBlank())
            .map(text -> text.strip().replaceAll("\\s*\\R\\s*", " "))
            .collect(Collectors.joining(" ")));
  }
}
