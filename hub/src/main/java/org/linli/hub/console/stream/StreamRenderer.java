package org.linli.hub.console.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linli.hub.change.Change;
import org.linli.hub.console.rest.Listed;
import org.linli.hub.records.Culprit;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes of a change what the stream shows of it, from its subjects as they are now. What is no more
 * is missing, and so is what cannot be shown, which the log says. Safe for any thread.
 */
@Component
class StreamRenderer {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(StreamRenderer.class));

  private final Map<String, ShownOnStream> shown;
  private final JsonMapper json;

  StreamRenderer(List<ShownOnStream> shown, JsonMapper json) {
    this.shown =
        shown.stream()
            .collect(Collectors.toUnmodifiableMap(one -> one.kind().name(), Function.identity()));
    this.json = json;
  }

  /**
   * @throws RuntimeException where the records cannot be read now ({@link Culprit#STORE})
   */
  StreamEvent render(Change change) {
    ShownOnStream kind = shown.get(change.kind());
    return kind == null ? nothing(change) : render(change, kind);
  }

  private static StreamEvent nothing(Change change) {
    return new StreamEvent(change.id(), change.at(), change.kind(), null);
  }

  /** Says that a change is left out. */
  static void cannotBeShown(Change change, Throwable why) {
    cannotBeShown(change, change.subjects().getFirst(), why);
  }

  private static void cannotBeShown(Change change, Change.Subject subject, Throwable why) {
    limited
        .atError(change.kind())
        .addKeyValue("kind", change.kind())
        .addKeyValue("subject", subject.id())
        .setCause(why)
        .log("A change cannot be shown on the stream");
  }

  private StreamEvent render(Change change, ShownOnStream kind) {
    List<JsonNode> bodies = new ArrayList<>();
    for (Change.Subject subject : change.subjects()) {
      Throwable defect =
          Culprit.defectOf(
              () -> kind.body(subject.id()).ifPresent(body -> bodies.add(json.valueToTree(body))));
      if (defect != null) {
        cannotBeShown(change, subject, defect);
      }
    }
    if (bodies.isEmpty()) {
      return nothing(change);
    }
    Object data = kind.kind().together() == 1 ? bodies.getFirst() : Listed.all(bodies);
    return new StreamEvent(change.id(), change.at(), change.kind(), json.writeValueAsString(data));
  }
}
