package org.linli.edge.profile.format;

import java.util.List;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;

/**
 * What could be read of a document that was no XML.
 *
 * @param faults what was wrong with it
 * @param lost what of it is not read, and may have been an alarm
 * @param isCut whether it breaks off
 */
record MendedXml(XmlElement root, List<String> faults, List<Unreadable> lost, boolean isCut) {

  /** Tells all faults. */
  void tell(DocumentFaults to) {
    faults.forEach(to::note);
    lost.forEach(to::lacks);
    if (isCut) {
      to.lacks(new Unreadable(RefusalReason.NOT_XML, "the document breaks off"));
    }
  }
}
