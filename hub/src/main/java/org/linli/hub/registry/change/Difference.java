package org.linli.hub.registry.change;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.file.CommunityYaml;

/**
 * What differs between the communities that are there and those that are to be. The same two sides
 * give the same difference, in whatever order their files were read.
 *
 * @param id digest of both sides: whoever agrees to it agrees to exactly this difference
 * @param communities those in which anything differs, in the order of their ids
 * @param likenesses what probably was renamed or moved; it is among the removed and the added, too
 */
public record Difference(
    String id, List<CommunityDifference> communities, List<Likeness> likenesses) {

  /** Enough that two differences of one hub do not have the same. */
  private static final int ID_LENGTH = 16;

  public Difference {
    communities = List.copyOf(communities);
    likenesses = List.copyOf(likenesses);
  }

  /**
   * @param before the communities that are there, as the registry wants them: each id and each
   *     gateway once
   * @param after those that are to be, likewise
   */
  public static Difference between(List<CommunityPlan> before, List<CommunityPlan> after) {
    SortedMap<CommunityId, CommunityPlan> was = byId(before);
    SortedMap<CommunityId, CommunityPlan> is = byId(after);
    SortedMap<CommunityId, CommunityPlan> all = new TreeMap<>(was);
    all.putAll(is);
    List<CommunityDifference> communities = new ArrayList<>();
    for (CommunityId id : all.keySet()) {
      CommunityDifference difference = CommunityDifference.between(was.get(id), is.get(id));
      if (!difference.isEmpty()) {
        communities.add(difference);
      }
    }
    String id =
        CommunityYaml.sha256("before\n" + digests(was) + "after\n" + digests(is))
            .substring(0, ID_LENGTH);
    return new Difference(id, communities, Likenesses.in(communities));
  }

  private static SortedMap<CommunityId, CommunityPlan> byId(List<CommunityPlan> plans) {
    SortedMap<CommunityId, CommunityPlan> byId = new TreeMap<>();
    for (CommunityPlan plan : plans) {
      if (byId.put(plan.community().id(), plan) != null) {
        throw new IllegalArgumentException("two communities have the id " + plan.community().id());
      }
    }
    return byId;
  }

  private static String digests(SortedMap<CommunityId, CommunityPlan> plans) {
    StringBuilder digests = new StringBuilder();
    plans.forEach(
        (id, plan) ->
            digests.append(id).append(' ').append(CommunityYaml.digest(plan)).append('\n'));
    return digests.toString();
  }

  public boolean isEmpty() {
    return communities.isEmpty();
  }
}
