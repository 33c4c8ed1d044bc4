package org.linli.edge.fuzz;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs fuzz tests in this JVM, for {@link EachFuzzed}. */
final class FuzzedHere {

  private FuzzedHere() {}

  /**
   * @param arguments the names of the classes; ends with 0 if each has a test that ran and found
   *     nothing
   */
  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(arguments).map(DiscoverySelectors::selectClass).toList())
            .build();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    boolean clean =
        summary.getTestsSucceededCount() >= arguments.length
            && summary.getTotalFailureCount() == 0
            && summary.getTestsSkippedCount() == 0
            && summary.getContainersSkippedCount() == 0;
    System.exit(clean ? 0 : 1);
  }
}
