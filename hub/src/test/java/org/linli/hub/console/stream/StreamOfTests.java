package org.linli.hub.console.stream;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.console.ShownOnStream;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Kinds of changes that only tests know, beside those that a hub shows on its stream. */
public class StreamOfTests {

  /**
   * Each is shown as {@code {"id":…}}; what is called broken-… cannot be, gone-… is no more, and
   * deep:… is an object in so many others.
   */
  static final ChangeKind NOTE = ChangeKind.oneByOne("note");

  /** The same, by the hundred. */
  static final ChangeKind NOTES = ChangeKind.byTheHundred("notes");

  /** As many letters as the subject's id says after a colon. */
  static final ChangeKind FILL = ChangeKind.oneByOne("fill");

  private record Shown(ChangeKind kind, Function<String, Optional<?>> lookup)
      implements ShownOnStream {

    @Override
    public Optional<?> body(@Nullable CommunityId community, String subject) {
      return lookup.apply(subject);
    }
  }

  @Bean
  static ShownOnStream note() {
    return new Shown(NOTE, StreamOfTests::named);
  }

  @Bean
  static ShownOnStream notes() {
    return new Shown(NOTES, StreamOfTests::named);
  }

  @Bean
  static ShownOnStream fill() {
    return new Shown(
        FILL,
        subject ->
            Optional.of("x".repeat(Integer.parseInt(subject.substring(subject.indexOf(':') + 1)))));
  }

  private static JsonNode deep(int levels) {
    JsonNode deep = JsonNodeFactory.instance.objectNode().put("is", "deep");
    for (int i = 0; i < levels; i++) {
      deep = JsonNodeFactory.instance.objectNode().set("in", deep);
    }
    return deep;
  }

  private static Optional<?> named(String subject) {
    if (subject.startsWith("broken")) {
      throw new IllegalStateException(subject);
    }
    if (subject.startsWith("deep")) {
      return Optional.of(deep(Integer.parseInt(subject.substring(subject.indexOf(':') + 1))));
    }
    return subject.startsWith("gone") ? Optional.empty() : Optional.of(Map.of("id", subject));
  }
}
