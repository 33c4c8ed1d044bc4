package org.linli.event.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.wire.ColumnsWire;

/** The affixes of one message, each stored once, in the order of their first use. */
final class AffixTable {

  private final Map<Affix, Integer> indices = new HashMap<>();
  private final List<Affix> affixes = new ArrayList<>();

  boolean isEmpty() {
    return affixes.isEmpty();
  }

  boolean has(Affix affix) {
    return indices.containsKey(affix);
  }

  Affix get(int index) {
    return affixes.get(index);
  }

  int index(Affix affix) {
    Integer known = indices.putIfAbsent(affix, affixes.size());
    if (known != null) {
      return known;
    }
    affixes.add(affix);
    return affixes.size() - 1;
  }

  void write(WireBuffer columns, int field) {
    for (Affix affix : affixes) {
      WireBuffer written = new WireBuffer(affix.text().length() + 16);
      written.number(ColumnsWire.Affix.FORM_FIELD_NUMBER, affix.form().wireNumber());
      written.text(ColumnsWire.Affix.TEXT_FIELD_NUMBER, affix.text(), true);
      written.number(ColumnsWire.Affix.WIDTH_FIELD_NUMBER, affix.width());
      columns.nested(field, written);
    }
  }
}
