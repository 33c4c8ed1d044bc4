package org.linli.hub.registry.file;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Turns bytes into YAML nodes that know their lines. Only plain YAML is accepted: one document, no
 * anchors, no aliases, no tags, at most {@value #MAX_DEPTH} levels deep. Therefore no file can grow
 * in memory beyond a small multiple of its size.
 */
final class YamlText {

  static final int MAX_DEPTH = 10;

  private YamlText() {}

  static Optional<Node> compose(byte[] bytes, Problems problems) {
    if (bytes.length > CommunityFile.MAX_BYTES) {
      problems.add(
          "it is larger than "
              + CommunityFile.MAX_BYTES / (1024 * 1024)
              + " MB, the most that is read; is it the right file?");
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return compose(text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
    } catch (CharacterCodingException e) {
      problems.add("it is not UTF-8 text; save it as UTF-8.");
      return Optional.empty();
    }
  }

  private static Optional<Node> compose(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CommunityFile.MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH + 1);
    Yaml yaml = new Yaml(options);
    try {
      if (!isPlain(yaml, text, problems)) {
        return Optional.empty();
      }
      @Nullable Node root = yaml.compose(new StringReader(text));
      if (root == null) {
        problems.add("it is empty; it needs at least community, grids and buildings.");
      }
      return Optional.ofNullable(root);
    } catch (MarkedYAMLException e) {
      problems.add(e.getProblemMark(), "", explain(e, text));
    } catch (YAMLException e) {
      problems.add("it is not YAML that can be read: " + oneLine(e.getMessage()) + ".");
    }
    return Optional.empty();
  }

  private static boolean isPlain(Yaml yaml, String text, Problems problems) {
    int documents = 0;
    int depth = 0;
    for (Event event : yaml.parse(new StringReader(text))) {
      if (event.is(Event.ID.DocumentStart) && ++documents > 1) {
        problems.add(event.getStartMark(), "", "a second document starts; keep to one.");
        return false;
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        problems.add(event.getStartMark(), "", "this is nested too deeply; see the example.");
        return false;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (event instanceof NodeEvent node && node.getAnchor() != null) {
        problems.add(
            event.getStartMark(),
            "",
            "anchors and aliases (& and *) are not read here; write it out.");
        return false;
      }
      if (event instanceof ScalarEvent scalar && scalar.getTag() != null
          || event instanceof CollectionStartEvent start && start.getTag() != null) {
        problems.add(event.getStartMark(), "", "tags (!) are not read here; leave it out.");
        return false;
      }
    }
    return true;
  }

  private static String explain(MarkedYAMLException e, String text) {
    Mark mark = e.getProblemMark();
    if (mark != null && mark.getIndex() < text.length() && characterAt(mark, text) == '\t') {
      return "there is a tab where YAML allows only spaces; replace it.";
    }
    return "this is not YAML: " + oneLine(e.getProblem()) + ".";
  }

  private static int characterAt(Mark mark, String text) {
    return text.codePointAt(text.offsetByCodePoints(0, mark.getIndex()));
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "no reason is known" : message.strip().replaceAll("\\s+", " ");
  }
}
