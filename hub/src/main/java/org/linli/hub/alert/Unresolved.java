package org.linli.hub.alert;

import java.util.List;

/**
 * What is not resolved.
 *
 * @param mostUrgent the first of it: open before acknowledged, the gravest first; of equals, the
 *     newest
 * @param open how many are open in all
 * @param acknowledged how many are acknowledged in all
 */
public record Unresolved(List<Alert> mostUrgent, long open, long acknowledged) {}
