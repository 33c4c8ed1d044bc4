/** One package for each equipment format: bytes to events, or a refusal with its reason. */
@NullMarked
package org.linli.edge.profile;

import org.jspecify.annotations.NullMarked;
