package org.linli.edge.intake.http;

import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.Refusals.Door;
import org.linli.edge.intake.Refusals.Unkept;
import org.linli.program.web.OpenConnections;

/** Counts the connections of the web server that end before there is a request. */
record UnservedRequests(Refusals refusals) implements OpenConnections.Unserved {

  @Override
  public void turnedAway() {
    refusals.count(Door.HTTP, Unkept.TURNED_AWAY);
  }

  @Override
  public void brokenOff() {
    refusals.count(Door.HTTP, Unkept.INCOMPLETE);
  }
}
