package org.linli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test after which a platform thread is alive that was not there before it, for longer than
 * {@value #PATIENCE_SECONDS} s. For classes that are {@code @Isolated}, as others would start some
 * meanwhile.
 */
public final class LeavesNoThreads implements BeforeEachCallback, AfterEachCallback {

  private static final long PATIENCE_SECONDS = 20;

  /** Of Java and the test's own tools, made once for the whole process. */
  private static final Pattern SHARED =
      Pattern.compile(
          "ForkJoinPool.*|Common-Cleaner|Cleaner-.*|process reaper.*|awaitility.*|HttpClient-.*"
              + "|Attach Listener|.*-unparker|Keep-Alive-.*|surefire.*|VirtualThread-.*"
              + "|Signal Dispatcher|idle-connection-.*|logging_\\d+");

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeavesNoThreads.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put("before", Set.copyOf(Thread.getAllStackTraces().keySet()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Set<?> before = Objects.requireNonNull(context.getStore(NAMESPACE).get("before", Set.class));
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .untilAsserted(() -> assertThat(leaked(before)).as("threads that nobody ended").isEmpty());
  }

  private static List<String> leaked(Set<?> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !SHARED.matcher(name).matches())
        .sorted()
        .toList();
  }
}
