package org.linli.hub.organisation;

import java.util.ArrayList;
import java.util.List;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Role;

/** What is worth a look at a grid. It is no error. */
public enum GridHint {
  TOO_LARGE("too-large", "超过300户，建议拆分网格", "over 300 households: consider splitting the grid"),
  NO_GRID_WORKER("no-grid-worker", "没有网格员", "no grid worker looks after it");

  /** The usual size of a grid. */
  private static final int USUAL_HOUSEHOLDS = 300;

  private final String wireName;
  private final String zh;
  private final String en;

  GridHint(String wireName, String zh, String en) {
    this.wireName = wireName;
    this.zh = zh;
    this.en = en;
  }

  public static List<GridHint> of(CommunityRegistry community, Grid grid) {
    List<GridHint> hints = new ArrayList<>();
    if (grid.households() > USUAL_HOUSEHOLDS) {
      hints.add(TOO_LARGE);
    }
    if (community.people(Role.GRID_WORKER, grid.id()).isEmpty()) {
      hints.add(NO_GRID_WORKER);
    }
    return hints;
  }

  public String wireName() {
    return wireName;
  }

  public String zh() {
    return zh;
  }

  public String en() {
    return en;
  }
}
