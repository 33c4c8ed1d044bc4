package org.linli.hub.console.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linli.hub.change.Change;
import org.linli.hub.change.ReaderFigures;
import org.linli.hub.console.ShownOnStream;
import org.linli.hub.console.rest.Listed;
import org.linli.hub.records.FailureCause;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * Renders a change for the stream, from the present state of its subjects. A subject that no longer
 * exists is left out. A subject that cannot be shown is left out and logged. Safe for any thread.
 */
@Component
class StreamRenderer {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(StreamRenderer.class));

  private final Map<String, ShownOnStream> shown;
  private final JsonMapper json;
  private final ReaderFigures figures;

  StreamRenderer(List<ShownOnStream> shown, JsonMapper json, ReaderFigures figures) {
    this.shown =
        shown.stream()
            .collect(Collectors.toUnmodifiableMap(one -> one.kind().name(), Function.identity()));
    this.json = json;
    this.figures = figures;
  }

  /**
   * @throws RuntimeException if the records cannot be read now ({@link FailureCause#STORE})
   */
  StreamEvent render(Change change) {
    ShownOnStream kind = shown.get(change.kind());
    return kind == null ? nothing(change) : render(change, kind);
  }

  private static StreamEvent nothing(Change change) {
    return new StreamEvent(change.id(), change.at(), change.kind(), null);
  }

  /** Logs that nothing of a change can be shown, and that listeners have to read it again. */
  void cannotBeShown(Change change, Throwable why) {
    cannotBeShown(change, change.subjects().getFirst(), why);
  }

  private void cannotBeShown(Change change, Change.Subject subject, Throwable why) {
    figures.leftOut(1);
    limited
        .atError(change.kind())
        .addKeyValue("kind", change.kind())
        .addKeyValue("community", change.community())
        .addKeyValue("subject", subject.id())
        .setCause(why)
        .log("A change cannot be shown on the stream");
  }

  private StreamEvent render(Change change, ShownOnStream kind) {
    List<String> bodies = new ArrayList<>();
    for (Change.Subject subject : change.subjects()) {
      Throwable defect =
          FailureCause.defectOf(
              () ->
                  kind.body(change.community(), subject.id())
                      .ifPresent(body -> bodies.add(json.writeValueAsString(body))));
      if (defect != null) {
        cannotBeShown(change, subject, defect);
      }
    }
    if (bodies.isEmpty()) {
      return nothing(change);
    }
    String data = kind.kind().together() == 1 ? bodies.getFirst() : listed(bodies);
    return new StreamEvent(change.id(), change.at(), change.kind(), data);
  }

  /** Joins bodies that are already JSON, so that a list cannot fail if each body did not. */
  private String listed(List<String> bodies) {
    return json.writeValueAsString(Listed.all(bodies.stream().map(RawValue::new).toList()));
  }
}
