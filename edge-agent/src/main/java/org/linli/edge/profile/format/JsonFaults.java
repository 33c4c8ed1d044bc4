package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.profile.format.MendedJson.Fault;
import org.linli.edge.profile.format.MendedJson.Loss;
import org.linli.edge.profile.life.LifeWord;

/** What is wrong with one document that is nearly JSON. For one thread. */
final class JsonFaults {

  /** Most faults of one sort that are told. */
  private static final int MOST = 8;

  private final List<Fault> found = new ArrayList<>();

  /** False once a text may have been taken for a name. */
  private boolean areNamesSure = true;

  private boolean isCut;

  /** Whether something is lost that is about a life by its name. */
  private boolean isLifeLost;

  /** A fault by which nothing is lost. */
  void note(String rule) {
    add("", rule, "", Loss.NOTHING);
  }

  /** As above, by which a text may be taken for a name. */
  void unsure(String rule) {
    unsure("", rule, Loss.NOTHING);
  }

  /** A fault by which a text may be taken for a name. */
  void unsure(String name, String rule, Loss loss) {
    namesAreUnsure();
    add(name, rule, "", loss);
  }

  void namesAreUnsure() {
    areNamesSure = false;
  }

  /**
   * The message breaks off.
   *
   * @param name of the field in which it does; empty for none
   */
  void breaksOff(String name) {
    isCut = true;
    add(name, "the message breaks off", "", Loss.PART);
  }

  boolean isCut() {
    return isCut;
  }

  /**
   * What is lost has room of its own, and what is about a life always has.
   *
   * @param said what the document says there; empty if that is told by the rule
   */
  void add(String name, String rule, String said, Loss loss) {
    Fault fault = new Fault(name, rule, said, loss);
    if (found.contains(fault)) {
      return;
    }
    boolean isOfLife = loss != Loss.NOTHING && !isLifeLost && LifeWord.isIn(fault.detail());
    isLifeLost |= isOfLife;
    int same = 0;
    for (Fault each : found) {
      same += each.loss() == loss ? 1 : 0;
    }
    if (same < MOST || isOfLife) {
      found.add(fault);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  MendedJson of(byte[] mended) {
    return new MendedJson(mended, found, areNamesSure);
  }
}
