package org.linli.hub.registry.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.linli.hub.registry.CommunityPlan;

/**
 * Writes a community as a file in its canonical form: the same plan gives the same bytes, whatever
 * file it came from, and the file gives the same plan again. Lists keep their order, because the
 * first supervisor and the first of two shifts count.
 */
public final class CommunityYaml {

  private CommunityYaml() {}

  /** Returns the file. Hardware is left out: it is adopted or replaced, and no file has it. */
  public static String written(CommunityPlan plan) {
    StringBuilder file = new StringBuilder();
    file.append("community: ").append(line(PlanSections.community(plan.community()))).append('\n');
    PlanSections.ALL.forEach(section -> append(file, section, plan));
    return file.toString();
  }

  private static <T> void append(StringBuilder file, PlanSection<T> section, CommunityPlan plan) {
    List<T> items = section.items().apply(plan);
    if (!items.isEmpty()) {
      file.append('\n').append(section.name().key()).append(":\n");
      items.forEach(
          item -> file.append("  - ").append(line(section.fields().apply(item))).append('\n'));
    }
  }

  private static String line(List<PlanField> fields) {
    return fields.stream()
        .map(field -> field.key() + ": " + field.text())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Returns the SHA-256 of the file, in hexadecimal digits. */
  public static String digest(CommunityPlan plan) {
    return sha256(written(plan));
  }

  /** Returns the SHA-256 of a text in UTF-8, in hexadecimal digits. */
  public static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
