package org.linli.edge.profile.format;

import java.util.List;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;
import org.linli.program.Shown;

/**
 * A document that was no JSON, as JSON.
 *
 * @param json by RFC 8259
 * @param faults what was wrong with it; at least one
 * @param areNamesSure whether what stands as a name in it is one: where a quote is missing, it may
 *     be a text
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is
public record MendedJson(byte[] json, List<Fault> faults, boolean areNamesSure) {

  public MendedJson {
    faults = List.copyOf(faults);
  }

  /** How much is lost by a fault. */
  enum Loss {
    NOTHING,
    VALUE,
    /** What may have been an alarm. */
    PART
  }

  /**
   * @param name of the field; empty for none
   * @param said what the document says there; empty if that is told by the rule
   */
  record Fault(String name, String rule, String said, Loss loss) {

    String detail() {
      return name.isEmpty() ? ruleAndSaid() : Shown.text(name) + ": " + ruleAndSaid();
    }

    private String ruleAndSaid() {
      return said.isEmpty() ? rule : rule + ": " + Shown.text(said);
    }

    Unreadable unreadable(boolean isNameSure) {
      Unreadable unreadable =
          said.isEmpty()
              ? new Unreadable(RefusalReason.NOT_JSON, rule)
              : Unreadable.quoting(RefusalReason.NOT_JSON, rule, said);
      if (name.isEmpty()) {
        return unreadable;
      }
      return isNameSure
          ? unreadable.at(Shown.text(name) + ": ")
          : new Unreadable(RefusalReason.NOT_JSON, detail(), "a field: " + unreadable.defect());
    }
  }

  /** Tells all faults. */
  public void tell(DocumentFaults to) {
    for (Fault fault : faults) {
      Unreadable unreadable = fault.unreadable(areNamesSure);
      switch (fault.loss()) {
        case NOTHING -> to.note(unreadable.defect());
        case VALUE -> to.lacksValue(unreadable);
        case PART -> to.lacks(unreadable);
      }
    }
  }
}
