/** Words of life safety, in whatever writing a message that nobody could read has them. */
@NullMarked
package org.linli.edge.profile.life;

import org.jspecify.annotations.NullMarked;
