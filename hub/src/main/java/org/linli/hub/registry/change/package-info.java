/**
 * What would be different with other community files, and what a running hub would lose
 * (docs/decisions/0072).
 */
@NamedInterface("change")
@NullMarked
package org.linli.hub.registry.change;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
