/**
 * When an event needs a person: rules over what a device reported, and the state that each rule
 * keeps for a device. Pure functions over values that can be stored, so that every program decides
 * alike.
 *
 * <p>Start with {@link org.linli.rules.Rule}.
 */
@NullMarked
package org.linli.rules;

import org.jspecify.annotations.NullMarked;
