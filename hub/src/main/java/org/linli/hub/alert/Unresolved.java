package org.linli.hub.alert;

import java.util.List;

/**
 * The unresolved alerts.
 *
 * @param mostUrgent the first of them: open before acknowledged, most severe first; among equals,
 *     newest first
 * @param open how many are open in all
 * @param acknowledged how many are acknowledged in all
 */
public record Unresolved(List<Alert> mostUrgent, long open, long acknowledged) {}
