/** One equipment format each: bytes to events, or a refusal with its reason. */
@NullMarked
package org.linli.edge.profile;

import org.jspecify.annotations.NullMarked;
