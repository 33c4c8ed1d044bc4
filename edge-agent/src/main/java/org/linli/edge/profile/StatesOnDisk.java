package org.linli.edge.profile;

import java.util.List;

/** The known states as the last run of the gateway left them. */
public interface StatesOnDisk {

  /** A gateway that never ran. */
  StatesOnDisk NONE =
      new StatesOnDisk() {
        @Override
        public List<StateChange.Known> take() {
          return List.of();
        }

        @Override
        public int most() {
          return Integer.MAX_VALUE;
        }
      };

  /** The states, least recently changed first. A second call returns none. */
  List<StateChange.Known> take();

  /** How many there is room for on the disk. */
  int most();
}
