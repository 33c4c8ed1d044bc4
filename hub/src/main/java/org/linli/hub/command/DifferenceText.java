package org.linli.hub.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linli.hub.registry.change.CommunityDifference;
import org.linli.hub.registry.change.Difference;
import org.linli.hub.registry.change.FieldChange;
import org.linli.hub.registry.change.Likeness;
import org.linli.hub.registry.change.Loss;
import org.linli.hub.registry.change.SectionDifference;
import org.linli.hub.registry.file.Section;

/** Prints a difference, and what would be lost by it, for a person. */
final class DifferenceText {

  /** Of one sort in one section; a screen full is enough to see what was meant. */
  private static final int MOST_LINES = 40;

  private static final int MOST_LOSSES = 200;

  private final Words words;
  private final PrintWriter out;

  DifferenceText(Words words, PrintWriter out) {
    this.words = words;
    this.out = out;
  }

  void print(Difference difference, List<Loss> losses) {
    if (difference.isEmpty()) {
      out.println(words.say("difference.none"));
      return;
    }
    out.println(words.say("difference.id", difference.id()));
    difference.communities().forEach(this::print);
    lines(difference.likenesses(), MOST_LOSSES, this::line);
    if (losses.isEmpty()) {
      out.println(words.say("losses.none"));
    } else {
      out.println(words.say("losses", losses.size()));
      lines(losses, MOST_LOSSES, loss -> "! " + (words.areChinese() ? loss.zh() : loss.en()));
    }
  }

  private void print(CommunityDifference community) {
    String what =
        community.before() == null
            ? "difference.new"
            : community.after() == null ? "difference.gone" : "difference.community";
    out.println(words.say(what, community.id()));
    if (community.before() != null && community.after() != null) {
      if (!community.fields().isEmpty()) {
        out.println("  ~ " + fields(community.fields()));
      }
      community.sections().forEach(this::print);
    }
  }

  private <T> void print(SectionDifference<T> section) {
    String one = words.areChinese() ? section.section().zh() : section.section().en();
    lines(section.removed(), MOST_LINES, gone -> "- %s %s".formatted(one, gone.id()));
    lines(section.added(), MOST_LINES, come -> "+ %s %s".formatted(one, come.id()));
    lines(
        section.changed(),
        MOST_LINES,
        changed -> "~ %s %s: %s".formatted(one, changed.id(), fields(changed.fields())));
    if (!section.order().isEmpty()) {
      out.println("  " + order(section.section(), section.order()));
    }
  }

  private String order(Section section, List<String> ids) {
    return words.say(
        "difference.order",
        section.key(),
        ids.stream().limit(5).collect(Collectors.joining(", ")) + (ids.size() > 5 ? ", …" : ""));
  }

  private static String fields(List<FieldChange> changes) {
    return changes.stream()
        .map(
            change ->
                "%s %s → %s"
                    .formatted(
                        change.key(),
                        Objects.requireNonNullElse(change.before(), "–"),
                        Objects.requireNonNullElse(change.after(), "–")))
        .collect(Collectors.joining("; "));
  }

  private String line(Likeness like) {
    String one = words.areChinese() ? like.was().section().zh() : like.was().section().en();
    return like.isMove()
        ? words.say(
            "difference.moved", one, like.was().id(), like.was().community(), like.is().community())
        : words.say(
            "difference.renamed", one, like.was().id(), like.is().id(), like.was().community());
  }

  private <T> void lines(List<T> all, int most, Function<T, String> line) {
    all.stream().limit(most).forEach(one -> out.println("  " + line.apply(one)));
    if (all.size() > most) {
      out.println("  " + words.say("difference.more", all.size() - most));
    }
  }
}
