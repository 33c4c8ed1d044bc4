/** What values mean that a setting or their name says: what is wired to an input. */
@NullMarked
package org.linli.edge.profile.wired;

import org.jspecify.annotations.NullMarked;
