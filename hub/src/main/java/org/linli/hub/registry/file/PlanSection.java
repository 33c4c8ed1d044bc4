package org.linli.hub.registry.file;

import java.util.List;
import java.util.function.Function;
import org.linli.hub.registry.CommunityPlan;

/**
 * A section of a community file: a list of items of one sort, whose order counts.
 *
 * @param items its items in a plan
 * @param id what names an item within its section. A shift has no id; it is named by all that is
 *     written of it, and two may be equal
 * @param fields what is written of an item, in the order of the documentation
 */
public record PlanSection<T>(
    Section name,
    Function<CommunityPlan, List<T>> items,
    Function<T, String> id,
    Function<T, List<PlanField>> fields) {}
