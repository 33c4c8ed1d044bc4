package org.linli.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives tests one hub that all of them share, because starting one takes seconds. Its clock moves
 * on and what a test leaves behind stays: a test makes its own devices, links and alerts. A device
 * of another test class is refused, as its events would be taken for this one's.
 */
public final class SharedHub implements ParameterResolver {

  /** Those who share it take turns: a {@code ResourceLock}. */
  public static final String LOCK = "shared hub";

  private record Started(RunningHub hub, Path data) implements AutoCloseable {

    static Started now() {
      try {
        Path data = Files.createTempDirectory("linli-hub");
        return new Started(RunningHub.start(data), data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      hub.close();
      FileSystemUtils.deleteRecursively(data);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == RunningHub.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    RunningHub hub =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedHub.class))
            .computeIfAbsent(Started.class, first -> Started.now(), Started.class)
            .hub();
    hub.gateway().sendsFor(test.getRequiredTestClass());
    return hub;
  }
}
