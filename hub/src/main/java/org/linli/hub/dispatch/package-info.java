/** Who is on duty, and who is brought. */
@NullMarked
package org.linli.hub.dispatch;

import org.jspecify.annotations.NullMarked;
