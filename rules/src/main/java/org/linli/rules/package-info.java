/**
 * Rules that decide when events of a device need a person, and the state that each rule keeps for a
 * device. They are pure functions over values that can be stored, so that every program decides
 * alike.
 *
 * <p>Start with {@link org.linli.rules.Rule}.
 */
@NullMarked
package org.linli.rules;

import org.jspecify.annotations.NullMarked;
