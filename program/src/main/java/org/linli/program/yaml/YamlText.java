package org.linli.program.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns text into nodes that know their places. Only plain YAML is accepted: one document, no
 * anchors, no aliases, no tags, at most {@value #MAX_DEPTH} levels deep. Therefore no file can grow
 * in memory beyond a small multiple of its size, and nothing in it makes an object of a class that
 * it names.
 */
final class YamlText {

  static final int MAX_DEPTH = 10;

  private static final String NO_ALIASES =
      "anchors and aliases (& and *) are not read here; write it out. A text that begins with & or"
          + " * needs quotes.";

  private final String file;
  private final String text;
  private final Iterator<Event> events;

  /** The file is not read; the exception says why. */
  static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient YamlLocation place;
    private final String what;

    RefusedException(YamlLocation place, String what) {
      super(what, null, false, false);
      this.place = place;
      this.what = what;
    }

    YamlLocation place() {
      return place;
    }

    /** A sentence without the place. */
    String what() {
      return what;
    }
  }

  /**
   * @param file its name for people
   */
  YamlText(String file, String text) {
    this.file = file;
    this.text = text;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(text.length() + 1);
    this.events = new Yaml(options).parse(new StringReader(text)).iterator();
  }

  /**
   * Returns the only document; null if there is none.
   *
   * @throws RefusedException if it is not plain YAML
   */
  @Nullable YamlNode root() {
    refuseUnprintable();
    try {
      return document();
    } catch (MarkedYAMLException e) {
      throw explained(e);
    } catch (YAMLException | IllegalArgumentException e) {
      // For some tags the parser throws an exception without a place.
      throw new RefusedException(
          YamlLocation.whole(file),
          "it is not YAML that can be read: " + oneLine(e.getMessage()) + ".");
    }
  }

  /** The parser would refuse them too, without a place. */
  private void refuseUnprintable() {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        throw new RefusedException(
            new YamlLocation(file, line, column),
            "the character U+%04X is not allowed in YAML; remove it.".formatted(character));
      }
      if (character == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
      i += Character.charCount(character);
    }
  }

  private @Nullable YamlNode document() {
    YamlNode root = null;
    boolean isOver = false;
    while (!isOver) {
      Event event = events.next();
      isOver = event.is(Event.ID.StreamEnd);
      if (event.is(Event.ID.DocumentStart)) {
        if (root != null) {
          throw refused(event, "a second document starts; keep to one.");
        }
        root = node(events.next(), 1);
      }
    }
    return root;
  }

  private YamlNode node(Event event, int depth) {
    if (event instanceof CollectionStartEvent && depth > MAX_DEPTH) {
      throw refused(event, "this is nested too deeply; see the example.");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw refused(event, NO_ALIASES);
    }
    if (event instanceof ScalarEvent scalar && scalar.getTag() != null
        || event instanceof CollectionStartEvent start && start.getTag() != null) {
      throw refused(event, "tags (!) are not read here; leave it out.");
    }
    YamlLocation place = place(event.getStartMark());
    return switch (event) {
      case ScalarEvent scalar ->
          new YamlNode.Scalar(
              place,
              scalar.getValue(),
              scalar.isPlain(),
              scalar.getStartMark().getLine() == scalar.getEndMark().getLine());
      case SequenceStartEvent _ -> {
        List<YamlNode> items = new ArrayList<>();
        for (Event next = events.next(); !next.is(Event.ID.SequenceEnd); next = events.next()) {
          items.add(node(next, depth + 1));
        }
        yield new YamlNode.Sequence(place, items);
      }
      case MappingStartEvent _ -> {
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (Event next = events.next(); !next.is(Event.ID.MappingEnd); next = events.next()) {
          YamlNode key = node(next, depth + 1);
          entries.add(new YamlNode.Entry(key, node(events.next(), depth + 1)));
        }
        yield new YamlNode.Mapping(place, entries);
      }
      default -> throw new IllegalStateException("no value begins with " + event);
    };
  }

  private RefusedException refused(Event event, String what) {
    return new RefusedException(place(event.getStartMark()), what);
  }

  private YamlLocation place(@Nullable Mark mark) {
    return mark == null
        ? YamlLocation.whole(file)
        : new YamlLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private RefusedException explained(MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    String what = "this is not YAML: " + oneLine(e.getProblem()) + ".";
    if (mark != null && mark.getIndex() < text.length() && characterAt(mark) == '\t') {
      what = "there is a tab where YAML allows only spaces; replace it.";
    } else if (e.getContext() != null
        && e.getContext().matches("while scanning an (anchor|alias)")) {
      what = NO_ALIASES;
    }
    return new RefusedException(place(mark), what);
  }

  private int characterAt(Mark mark) {
    return text.codePointAt(text.offsetByCodePoints(0, mark.getIndex()));
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "no reason is known" : message.strip().replaceAll("\\s+", " ");
  }
}
