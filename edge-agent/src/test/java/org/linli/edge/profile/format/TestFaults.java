package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;

/** What is told of a document. */
public final class TestFaults implements DocumentFaults {

  final List<String> malformed = new ArrayList<>();
  final List<String> lost = new ArrayList<>();
  final List<String> values = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  /** What an alarm says of all that. */
  final List<String> defects = new ArrayList<>();

  @Override
  public void malformed(Unreadable document) {
    malformed.add(document.refusal().detail());
  }

  @Override
  public void lacks(Unreadable part) {
    lost.add(part.refusal().detail());
    defects.add(part.defect());
  }

  @Override
  public void lacksValue(Unreadable value) {
    values.add(value.refusal().detail());
    defects.add(value.defect());
  }

  @Override
  public void note(String detail) {
    notes.add(detail);
    defects.add(detail);
  }
}
