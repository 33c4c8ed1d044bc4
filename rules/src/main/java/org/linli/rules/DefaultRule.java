package org.linli.rules;

import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;

/**
 * A rule that every hub has.
 *
 * @param kind the kind of device it is about; null for any
 * @param severity of the alert that it opens
 */
public record DefaultRule(@Nullable Kind kind, Rule rule, Severity severity) {}
