package org.linli.edge.profile.format;

import java.util.List;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;

/**
 * What could be read of a document that was no XML.
 *
 * @param faults what was wrong with it
 * @param isCut whether it breaks off
 */
record MendedXml(XmlElement root, List<String> faults, boolean isCut) {

  /** Tells all faults. */
  void tell(DocumentFaults to) {
    faults.forEach(to::note);
    if (isCut) {
      to.lacks(new Unreadable(RefusalReason.NOT_XML, "the document breaks off"));
    }
  }
}
