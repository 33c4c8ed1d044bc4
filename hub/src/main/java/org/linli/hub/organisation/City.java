package org.linli.hub.organisation;

import org.linli.hub.registry.BilingualName;

/** A city of the platform. */
public record City(String id, BilingualName name) {

  public NodeId node() {
    return new NodeId(Level.CITY, id);
  }
}
