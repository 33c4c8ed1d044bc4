package org.linli.edge.profile.format;

import java.util.List;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;

/**
 * A document that was no JSON, as JSON.
 *
 * @param json by RFC 8259
 * @param faults what was wrong with it; at least one
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is
public record MendedJson(byte[] json, List<Fault> faults) {

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

  record Fault(String detail, Loss loss) {}

  /** Tells all faults. */
  public void tell(DocumentFaults to) {
    for (Fault fault : faults) {
      Unreadable unreadable = new Unreadable(RefusalReason.NOT_JSON, fault.detail());
      switch (fault.loss()) {
        case NOTHING -> to.note(fault.detail());
        case VALUE -> to.lacksValue(unreadable);
        case PART -> to.lacks(unreadable);
      }
    }
  }
}
