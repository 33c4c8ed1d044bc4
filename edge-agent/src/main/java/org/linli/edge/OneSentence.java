package org.linli.edge;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Prints why the gateway did not start as one line on standard error, without a frame or a stack
 * trace.
 */
public final class OneSentence implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    System.err.println(
        Stream.of(analysis.getDescription(), analysis.getAction())
            .filter(text -> text != null && !text.isBlank())
            .map(text -> text.strip().replaceAll("\\s*\\R\\s*", " "))
            .collect(Collectors.joining(" ")));
  }
}
