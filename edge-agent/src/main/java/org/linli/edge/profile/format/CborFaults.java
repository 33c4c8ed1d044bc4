package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/** What is wrong with a CBOR message that is read all the same. For one message. */
final class CborFaults {

  /** Most of what is not read and is told one by one. */
  private static final int MOST = 1_000;

  private final CborPlace place;
  private final boolean senml;
  private final List<Unreadable> beside = new ArrayList<>();

  CborFaults(CborPlace place, boolean senml) {
    this.place = place;
    this.senml = senml;
  }

  /** A refusal that names the place and the field. */
  Unreadable bad(int start, String rule) {
    return place.refuse(RefusalReason.BAD_FIELD, start, rule);
  }

  void add(Unreadable unread) {
    if (beside.size() < MOST) {
      beside.add(unread);
    }
  }

  /**
   * Notes what an alarm outranks.
   *
   * @throws Unreadable the same, in a pack of SenML, which is refused for it
   */
  void outranked(Unreadable unread) throws Unreadable {
    if (senml) {
      throw unread;
    }
    add(unread);
  }

  /** What of the message a parser may read. */
  CheckedCbor checked(byte[] bytes) {
    return new CheckedCbor(bytes, beside, place.areNamesSure());
  }
}
