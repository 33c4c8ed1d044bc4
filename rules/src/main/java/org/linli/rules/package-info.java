/**
 * When an event needs a person: rules over what a device reported, and what each rule remembers of
 * a device. Plain functions over values that can be stored; gateway and hub decide alike.
 *
 * <p>Start with {@link org.linli.rules.Rule}.
 */
@NullMarked
package org.linli.rules;

import org.jspecify.annotations.NullMarked;
