package org.linli.edge.fuzz;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one fuzz test in this JVM, for {@link EachFuzzed}. */
final class FuzzOne {

  private FuzzOne() {}

  /**
   * @param arguments the name of the class; ends with 0 where its tests ran and found nothing
   */
  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(arguments[0]))
            .build();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    boolean clean =
        summary.getTestsSucceededCount() > 0
            && summary.getTotalFailureCount() == 0
            && summary.getTestsSkippedCount() == 0
            && summary.getContainersSkippedCount() == 0;
    System.exit(clean ? 0 : 1);
  }
}
