package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;

/** What is told of a document. */
final class TestFaults implements DocumentFaults {

  final List<String> malformed = new ArrayList<>();
  final List<String> lost = new ArrayList<>();
  final List<String> values = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  @Override
  public void malformed(Unreadable document) {
    malformed.add(document.refusal().detail());
  }

  @Override
  public void lacks(Unreadable part) {
    lost.add(part.refusal().detail());
  }

  @Override
  public void lacksValue(Unreadable value) {
    values.add(value.refusal().detail());
  }

  @Override
  public void note(String detail) {
    notes.add(detail);
  }
}
