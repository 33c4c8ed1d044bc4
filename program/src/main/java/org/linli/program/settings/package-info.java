/**
 * Settings that are checked: a name that no program knows is refused, with the nearest right one.
 */
@NullMarked
package org.linli.program.settings;

import org.jspecify.annotations.NullMarked;
