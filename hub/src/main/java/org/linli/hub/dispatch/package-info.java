/** Who is on duty, and who is responsible for an alert. */
@NullMarked
package org.linli.hub.dispatch;

import org.jspecify.annotations.NullMarked;
